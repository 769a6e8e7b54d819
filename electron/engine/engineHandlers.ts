import * as calls from '../contract/calls.ts';
import { LabError } from '../contract/error.ts';
import type { EngineStatus } from '../contract/models/status.ts';
import { availabilityOf } from './availability.ts';
import { cardOf } from './catalog/card.ts';
import { idOf } from './catalog/catalog.ts';
import { clean } from './docker/clean.ts';
import type { DockerConnection } from './docker/connect.ts';
import { diagnoses, doctor } from './docker/doctor.ts';
import { label } from './docker/labels.ts';
import { clusterDiagnoses } from './environments/diagnoses/cluster.ts';
import { pruneStates } from './environments/kubernetes/frozen/prune.ts';
import { allNodes } from './environments/nodeRoles.ts';
import { type Handlers, handle } from './host/hosted.ts';
import type { LabFolders } from './labFolders.ts';
import type { Labs } from './labs.ts';
import type { Runs } from './runs/runs.ts';
import type { SiteKeeper } from './runs/siteKeeper.ts';
import { attemptOf } from './runs/view.ts';
import type { SettingsFile } from './settings.ts';

export interface EngineParts {
  readonly labs: Labs;
  readonly folders: LabFolders;
  readonly runs: Runs;
  readonly keeper: SiteKeeper;
  readonly settings: SettingsFile;
  readonly owner: string;
  readonly stateDir: string;
  status(): EngineStatus;
  missingFeatures(): ReadonlySet<string>;
  fillPool(): void;
  /** Nobody fills it again before the next run. */
  emptyPool(): Promise<void>;
}

/** Catalog, Docker and settings, as the contract offers them. */
export const engineHandlers = ({
  labs,
  folders,
  runs,
  keeper,
  settings,
  owner,
  stateDir,
  status,
  missingFeatures,
  fillPool,
  emptyPool,
}: EngineParts): Handlers => ({
  ...handle(calls.catalog.labs, async () => {
    const place = {
      room: labs.clusterSizes.length > 0 || labs.needDocker ? await keeper.room() : null,
      clustersAhead: settings.read().clusters === 'background',
      status: keeper.status,
      standby: keeper.site?.pool.standing ?? 0,
      missingFeatures: missingFeatures(),
    };
    const all = runs.list();
    const attempts = (lab: string) => all.filter((run) => run.lab === lab).map(attemptOf);
    return { labs: labs.list().map((loaded) => cardOf(loaded, availabilityOf(loaded, place), attempts(idOf(loaded)))) };
  }),
  ...handle(calls.catalog.lint, async ({ lab }) => ({ lab, mistakes: labs.mistakes(lab) })),
  ...handle(calls.catalog.add, async ({ folder }) => ({ folders: [...folders.add(folder)] })),
  ...handle(calls.catalog.drop, async ({ folder }) => ({ folders: [...folders.drop(folder)] })),
  ...handle(calls.docker.status, async () => status()),
  ...handle(calls.docker.prepare, async ({ cluster }) => {
    await keeper.ready();
    if (cluster) await keeper.clusterReady();
    return status();
  }),
  ...handle(calls.docker.doctor, async () => ({ findings: await doctor([...diagnoses, ...clusterDiagnoses]) })),
  ...handle(calls.docker.clean, async ({ images, all, force }) => {
    const connection = await keeper.connected();
    if (all && !force) await refuseWhereOthersWork(connection, owner);
    const before = await connection.list({ [label.owner]: owner });
    await runs.destroyAll();
    await emptyPool();
    const after = new Set((await connection.list({ [label.owner]: owner })).map(({ id }) => id));
    const cleaned = await clean(connection, { owner: all ? null : owner, images: images ?? false });
    if (images) await pruneStates(connection, { owner, stateDir, current: null });
    return { ...cleaned, containers: cleaned.containers + before.filter(({ id }) => !after.has(id)).length };
  }),
  ...handle(calls.engine.settings, async () => settings.read()),
  ...handle(calls.engine.configure, async (change) => {
    const next = settings.change(change);
    fillPool();
    return next;
  }),
});

/** Nodes that stand by are nobody's work; running ones of another state directory are somebody's. */
const refuseWhereOthersWork = async (connection: DockerConnection, owner: string): Promise<void> => {
  const nodes = await allNodes(connection);
  const others = nodes.filter(({ labels, state }) => labels[label.owner] !== owner && state === 'running');
  if (others.length === 0) return;
  throw new LabError(
    'conflict',
    `${others.length} nodes of other state directories run on ${connection.endpoint.address}.`,
    {
      hint: '`patchbay clean --all --yes` removes them too.',
      data: { owners: [...new Set(others.map(({ labels }) => labels[label.owner]))] },
    },
  );
};
