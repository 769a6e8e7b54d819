// What a test runner's own report says, in one form. Pure: report in, tally out.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {string[]} failed a line each
 * @property {string[]} skipped a line each, with the reason
 */

/** @returns {Tally} */
const empty = () => ({ passed: 0, failed: [], skipped: [] });

/**
 * @param {{name: string, ok: boolean}[]} report of check.mjs
 * @returns {Tally}
 */
export function checkTally(report) {
  const failed = report.filter((it) => !it.ok).map((it) => it.name);
  return { passed: report.length - failed.length, failed, skipped: [] };
}

/**
 * @typedef {object} VitestReport
 * @property {{name: string, status: string, message?: string, assertionResults: {fullName: string, status: string}[]}[]} testResults
 */

/**
 * @param {VitestReport} report of Vitest's json reporter
 * @returns {Tally}
 */
export function vitestTally(report) {
  const tally = empty();
  for (const file of report.testResults) {
    for (const { fullName, status } of file.assertionResults) {
      if (status === 'passed') tally.passed += 1;
      else if (status === 'failed') tally.failed.push(fullName);
      else tally.skipped.push(fullName);
    }
    // A file that could not even be loaded has no tests of which one could fail.
    const told = file.assertionResults.some((it) => it.status === 'failed');
    if (file.status === 'failed' && !told) tally.failed.push(`${file.name}: ${file.message?.split('\n')[0] ?? ''}`);
  }
  return tally;
}

/** @typedef {{type: string, description?: string}} Annotation */
/** @typedef {{title: string, tests: {projectName?: string, status: string, annotations: Annotation[]}[]}} Spec */
/** @typedef {{title: string, specs?: Spec[], suites?: Suite[]}} Suite */

/**
 * @param {{suites: Suite[], errors?: {message?: string}[]}} report of Playwright's json reporter
 * @returns {Tally}
 */
export function playwrightTally(report) {
  const tally = empty();
  const visit = (/** @type {Suite} */ suite, /** @type {string} */ path) => {
    for (const spec of suite.specs ?? []) {
      for (const { projectName, status, annotations } of spec.tests) {
        const name = `${projectName ? `[${projectName}] ` : ''}${path} ${spec.title}`;
        const reason = annotations.find((it) => ['skip', 'fixme'].includes(it.type))?.description;
        if (status === 'expected') tally.passed += 1;
        else if (status === 'skipped') tally.skipped.push(reason ? `${name}: ${reason}` : name);
        // A test that passes only when tried again has failed once.
        else tally.failed.push(name);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, `${path} ${inner.title}`.trim());
  };
  for (const suite of report.suites) visit(suite, suite.title);
  for (const error of report.errors ?? [])
    tally.failed.push(error.message?.split('\n')[0] ?? 'an error outside of all tests');
  return tally;
}

/**
 * @param {{lab: string, holds: boolean, items: {question: string, claim: string, holds: boolean, detail: string}[]}[]} proofs one a lab
 * @returns {Tally} each claim counts
 */
export function proofTally(proofs) {
  const tally = empty();
  for (const { lab, holds, items } of proofs) {
    const broken = items.filter((it) => !it.holds);
    tally.passed += items.length - broken.length;
    for (const it of broken) tally.failed.push(`${lab} ${it.question}: ${it.claim}: ${it.detail}`);
    if (!holds && broken.length === 0) tally.failed.push(`${lab}: the proof does not hold`);
  }
  if (proofs.length === 0) tally.failed.push('no lab was proven');
  return tally;
}

/**
 * What one runner contributes. A runner that died counts as a failure, never as nothing.
 * @param {string} runner
 * @param {Tally | null} tally null where it left no report that can be read
 * @param {{code: number, timedOut: boolean}} ended
 * @returns {Tally}
 */
export function countedTally(runner, tally, ended) {
  const end = ended.timedOut ? 'was ended at its time limit' : `ended with exit code ${ended.code}`;
  if (!tally) return { ...empty(), failed: [`${runner}: ${end} and left no report`] };
  const named = (/** @type {string} */ line) => `${runner}: ${line}`;
  const failed = tally.failed.map(named);
  if (ended.code !== 0 && failed.length === 0) failed.push(`${runner}: ${end} although no test failed`);
  if (tally.passed + failed.length + tally.skipped.length === 0) failed.push(`${runner}: it ran no test at all`);
  return { passed: tally.passed, failed, skipped: tally.skipped.map(named) };
}

/**
 * @param {Tally[]} tallies
 * @returns {string[]} lines to print; the last one is the count alone
 */
export function summary(tallies) {
  const failed = tallies.flatMap((it) => it.failed);
  const skipped = tallies.flatMap((it) => it.skipped);
  const passed = tallies.reduce((sum, it) => sum + it.passed, 0);
  return [
    ...skipped.map((it) => `skipped  ${it}`),
    ...failed.map((it) => `FAILED   ${it}`),
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ];
}
