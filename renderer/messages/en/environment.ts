// Words for the states of an environment, its nodes and its questions.

export const environment = {
  starting: 'Environment starting',
  running: 'Environment running',
  paused: 'Environment paused',
  degraded: 'Environment needs attention',
  failed: 'Environment could not start',
  destroyed: 'Environment removed',
};

export const nodeState = { starting: 'starting', running: 'running', stopped: 'stopped' };

export const nodeKind = {
  host: 'host',
  switch: 'switch',
  router: 'router',
  'control-plane': 'control plane',
  worker: 'worker',
};

export const states = { open: 'open', answered: 'answered', pass: 'passed', fail: 'not yet', error: 'grader error' };
