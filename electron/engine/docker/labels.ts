/**
 * The labels of everything that Patchbay makes. They are fixed when a container is made; which run has adopted it is the journal's.
 */
export const label = {
  /** The state directory that made it: one learner's engine, or one test's. */
  owner: 'io.patchbay.owner',
  /** `node`, `agent`. */
  role: 'io.patchbay.role',
  /** Image and capability profile: what the pool is keyed by. */
  unit: 'io.patchbay.unit',
  version: 'io.patchbay.version',
  /** Of an image: its name in the table. Containers inherit it, so it says nothing about who made a container. */
  image: 'io.patchbay.image',
  /** Of what is left over from the building of the image of that name. */
  stage: 'io.patchbay.stage',
} as const;
