/** Objects whose changes wake whoever watches the environment, by their path in the API. Each is a stream of its own. */
export const watchedPaths: readonly string[] = [
  '/api/v1/pods',
  '/api/v1/services',
  '/api/v1/configmaps',
  '/apis/apps/v1/deployments',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/networking.k8s.io/v1/networkpolicies',
];
