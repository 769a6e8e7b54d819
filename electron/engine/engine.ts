import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { version } from '../../package.json';
import { cacheDir } from '../../resources/setup/paths.mjs';
import {
  catalogChanged,
  examChanged,
  examRemoved,
  proofItem,
  runRemoved,
  statusChanged,
  terminalChanged,
} from '../contract/pushes.ts';
import { afterUpgrade } from './afterUpgrade.ts';
import { Catalog } from './catalog/catalog.ts';
import { LabWatch } from './catalog/labWatch.ts';
import { nodeNamesOf } from './catalog/nodeNames.ts';
import type { DockerConnection } from './docker/connect.ts';
import { cleanImages } from './docker/images/cleanImages.ts';
import { imageReference } from './docker/images/table.ts';
import { engineHandlers } from './engineHandlers.ts';
import { missingFeatures } from './environments/kernelFeatures.ts';
import { pruneStates } from './environments/kubernetes/frozen/prune.ts';
import { shortOfRoom } from './environments/room.ts';
import { ExamFolders } from './exam/examFolders.ts';
import { examHandlers } from './exam/examHandlers.ts';
import { Exams } from './exam/exams.ts';
import type { Engine } from './host/hosted.ts';
import { LabFolders } from './labFolders.ts';
import { Labs } from './labs.ts';
import { ownerOf } from './owner.ts';
import { probes } from './probes/table.ts';
import { programHash } from './program.ts';
import { Pushes } from './pushes.ts';
import { productRoot } from './root.ts';
import { runHandlers } from './runHandlers.ts';
import { RunPushes } from './runPushes.ts';
import { ClustersAhead } from './runs/clustersAhead.ts';
import { KeptProofs } from './runs/prove/keptProofs.ts';
import { Runs } from './runs/runs.ts';
import type { Site } from './runs/site.ts';
import { SiteKeeper } from './runs/siteKeeper.ts';
import { Solver } from './runs/solver.ts';
import { RunTerminals } from './runTerminals.ts';
import { poolSize, SettingsFile } from './settings.ts';
import { statusOf } from './status.ts';
import { stopUnused } from './stopUnused.ts';
import { terminalGate } from './terminalGate.ts';

export interface EngineOptions {
  readonly stateDir: string;
  /** Folders of labs beside the product's own. */
  readonly labFolders?: readonly string[];
}

/** Milliseconds after which the pool is filled again: the learner's first prompt comes first. */
const FILL_LATER = 1500;

/** Milliseconds after which missing images of clusters are begun: an engine that only answers a question ends before that. */
const CLUSTERS_LATER = 10_000;

/** What the first node of an environment is made of: a proof holds for this image. */
const imageOf = { hosts: 'host', docker: 'docker-node', kubernetes: 'node' } as const;

/** Milliseconds in which a Docker that is there is found. */
const SITE_SOON = 5000;

const ignore = () => undefined;

/** The whole engine behind the contract: what a shell hosts. It answers at once; Docker, images and nodes come in the background. */
export const createEngine = async ({ stateDir, labFolders = [] }: EngineOptions): Promise<Engine> => {
  // Once: an engine that ends late must not make the folder and a new name again.
  const owner = ownerOf(stateDir);
  const pushes = new Pushes();
  const runPushes = new RunPushes(pushes);
  const settings = new SettingsFile(stateDir);
  const folders = [join(productRoot(), 'labs'), ...labFolders];
  const labs = new Labs(new Catalog(folders, probes, undefined, () => settings.read().labs));
  const examFolders = new ExamFolders(folders, labs);
  let missing: ReadonlySet<string> = new Set();
  let filling: NodeJS.Timeout | undefined;
  const closing = new AbortController();
  /** After a clean-up nothing is made ahead until somebody works again, also when Docker and images are ready only then. */
  let cleaned = false;

  const status = () => statusOf(version, keeper, runs.nodeCount);
  const tellStatus = () => {
    pushes.sendSoon(statusChanged, '', status, 100);
    pushes.sendSoon(catalogChanged, '', () => ({}), 250);
  };
  const fillPool = (site: Site, later: number) => {
    clearTimeout(filling);
    if (cleaned) return;
    const fill = async () => site.pool.fill(poolSize(settings.read(), (await site.docker.info()).memoryTotal));
    // What cannot be made ahead is made when it is needed, and says then why it cannot.
    filling = setTimeout(() => void fill().catch(ignore), later);
  };

  const keeper: SiteKeeper = new SiteKeeper({
    owner,
    version,
    stateDir,
    events: {
      changed: tellStatus,
      container: (event) => runs.onContainer(event),
      lost: (error) => runs.onDockerLost(error),
      adopted: () => runs.adopted,
      ready: (site) => {
        terminals.begin(site);
        // Images and clusters of earlier versions: nobody starts anything from them any more.
        const { connection } = keeper;
        const removeOld = (docker: DockerConnection) =>
          Promise.all([
            cleanImages(docker.images, 'old'),
            pruneStates(docker, { owner, stateDir, current: imageReference('node') }),
          ]);
        if (connection) void afterUpgrade(stateDir, version, () => removeOld(connection)).catch(ignore);
        terminals.restore(runs.resume());
        void exams.resume().catch(ignore);
        fillPool(site, runs.live.length > 0 ? FILL_LATER : 0);
        void missingFeatures(site.agent, labs.features()).then((found) => {
          missing = found;
          tellStatus();
        }, ignore);
        void prepareClusters().then(prepareDockerNodes);
      },
    },
  });
  /** Hosts labs are usable meanwhile. What fails is shown, and tried again with the next start. */
  const prepareClusters = async () => {
    if (settings.read().clusters !== 'background' || labs.clusterSizes.length === 0) return;
    await keeper.clusterReady({ later }).then(() => ahead.prepared(labs.clusterSizes[0] ?? 2), ignore);
  };
  const later = () => delay(CLUSTERS_LATER, undefined, { signal: closing.signal });
  const prepareDockerNodes = async () => {
    if (settings.read().clusters === 'background' && labs.needDocker)
      await keeper.dockerNodeReady({ later }).catch(ignore);
  };
  const ahead = new ClustersAhead({
    site: () => keeper.site,
    room: () => keeper.room(),
    settings: () => settings.read(),
  });

  const runs: Runs = new Runs({
    stateDir,
    appVersion: version,
    lab: async (id) => labs.get(id),
    currentLab: (folder) => labs.hash(folder),
    site: () => keeper.ready(),
    seedFor: (lab) => ahead.seedFor(lab),
    fits: async (environment) => {
      if (environment.kind === 'hosts') return;
      // Where it takes longer than that, images are being made, and the start shows it.
      const site = await Promise.race([keeper.ready().catch(() => null), delay(SITE_SOON, null, { ref: false })]);
      const { kind } = environment;
      const nodes = nodeNamesOf(environment).length;
      const room = kind === 'kubernetes' ? null : await keeper.room();
      const why =
        kind === 'kubernetes' ? await site?.clusters.whyNotHere(nodes) : room && shortOfRoom({ kind, nodes }, room);
      if (why) throw why;
    },
    events: {
      changed: (run) => {
        runPushes.changed(run, () => runs.has(run.id));
        exams.onRun(run);
      },
      renewed: async (run) => {
        await terminals.reconnect(run);
        cleaned = false;
        if (keeper.site) fillPool(keeper.site, FILL_LATER);
        const { environment } = run.lab;
        if (environment.kind === 'kubernetes' && run.state.created.purpose === 'practice')
          ahead.started(environment.nodes.length);
        tellStatus();
      },
      revived: (run, node) => void terminals.revive(run, node),
      removed: (id) => {
        void terminals.forget(id);
        runPushes.forget(id);
        pushes.send(runRemoved, { run: id });
        tellStatus();
      },
    },
  });

  const exams: Exams = new Exams({
    stateDir,
    appVersion: version,
    runs,
    plan: (name) => examFolders.plan(name),
    changed: (exam) => pushes.sendSoon(examChanged, exam.id, () => exam.view, 50),
    removed: (id) => pushes.send(examRemoved, { exam: id }),
  });

  const terminals = new RunTerminals(
    stateDir,
    runs,
    () => keeper.ready(),
    (view) => pushes.send(terminalChanged, view),
  );
  const solver = new Solver(() => terminals.ready());
  const proofs = new KeptProofs(cacheDir());
  const content = (lab: string, seed: number) => ({
    labHash: labs.get(lab).hash,
    seed,
    image: imageReference(imageOf[labs.get(lab).environment.kind]),
    program: programHash(),
  });

  const labWatch = new LabWatch(
    () => labs.places(),
    () => {
      pushes.sendNow(catalogChanged, '', () => ({}));
      runs.labsChanged();
    },
  );

  await runs.open();
  await exams.open();
  // Whoever needs Docker asks for it again and learns the reason; here it only begins.
  keeper.ready().catch(ignore);

  return {
    handlers: {
      ...runHandlers(
        runs,
        solver,
        {
          runs,
          solver,
          kept: (lab, seed) => proofs.read(content(lab, seed)),
          keep: (lab, seed, items) => proofs.write(content(lab, seed), items),
        },
        (item) => pushes.send(proofItem, item),
      ),
      ...examHandlers(exams, examFolders),
      ...engineHandlers({
        labs,
        folders: new LabFolders(settings, () => labWatch.touch()),
        runs,
        keeper,
        settings,
        status,
        missingFeatures: () => missing,
        fillPool: () => {
          cleaned = false;
          if (keeper.site) fillPool(keeper.site, 0);
        },
        emptyPool: async () => {
          cleaned = true;
          clearTimeout(filling);
          await keeper.site?.pool.fill(0);
          await ahead.standDown();
        },
        owner,
        stateDir,
      }),
    },
    pushes,
    terminals: terminalGate(() => terminals.ready()),
    idle: () => runs.live.length === 0,
    async close() {
      clearTimeout(filling);
      closing.abort();
      labWatch.close();
      await ahead.close();
      keeper.giveUp();
      await terminals.shutDown();
      await exams.close();
      await runs.close();
      await keeper.close();
      await stopUnused(keeper, owner, runs.adopted);
      pushes.close();
    },
  };
};
