import type { ExpandedNode } from '../../catalog/expanded.ts';

/** For tests that write down a topology: what a node has where its lab asks for nothing but links and addresses. */
export const bareNode: Pick<ExpandedNode, 'profile' | 'files' | 'start'> = { profile: 'host', files: [], start: [] };
