import { clusterBindings } from './cluster/bindings.ts';
import { MOST_NODES, planCluster } from './cluster/plan.ts';
import { variants } from './cluster/variants.ts';
import type { Draft } from './draft.ts';
import { fillDeep } from './fillDeep.ts';
import type { Told } from './labSource.ts';
import { Variable, type Vars } from './schema.ts';
import { type Bindings, fill, TemplateError } from './template.ts';
import { drawVars, VariableError } from './vars.ts';

const SEEDS = [0, 1, 2, 3];
const MOST = 400;

/** Values that a lab's variables can have: some seeds, and every extreme and every pick once. What is wrong shows in one of them. */
export class Samples {
  readonly mistakes: Told[] = [];
  readonly bindings: readonly Bindings[];
  readonly variables: readonly string[];
  readonly #faulty = new Set<string>();

  constructor({ vars = {}, environment }: Pick<Draft, 'vars' | 'environment'>) {
    const known = this.#understood(vars);
    const clusters = clustersOf(environment);
    this.variables = [...Object.keys(vars), ...(clusters[0]?.keys() ?? [])];
    const wanted = [...SEEDS.map((seed) => ({ seed, recorded: {} })), ...extremes(known)].slice(0, MOST);
    this.bindings = wanted.map(({ seed, recorded }, index) => {
      const drawn = this.#draw({ ...known }, seed, recorded);
      return new Map([...drawn, ...(clusters[index % clusters.length] ?? [])]);
    });
  }

  /** Whether a variable is there but could not be drawn; that is told already. */
  isFaulty(name: string): boolean {
    return this.#faulty.has(name);
  }

  /** All that a value can become, each once; what holds a bad template is left out, that is told elsewhere. */
  possible<T>(value: T): T[] {
    const found = new Map<string, T>();
    for (const bindings of this.bindings) {
      try {
        const filled = fillDeep(value, (text) => fill(text, bindings));
        found.set(JSON.stringify(filled), filled);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
      }
    }
    return [...found.values()];
  }

  #understood(vars: NonNullable<Draft['vars']>): Vars {
    const known: Vars = {};
    for (const [name, written] of Object.entries(vars)) {
      const read = Variable.safeParse(written);
      if (!read.success) this.#faulty.add(name);
      else if (read.data !== 'mac' && Object.values(read.data).filter((it) => it !== undefined).length !== 1) {
        this.#tell(name, 'a variable is `mac`, or exactly one of `subnet`, `prefix`, `pick` and `number`');
      } else known[name] = read.data;
    }
    return known;
  }

  #draw(vars: Vars, seed: number, recorded: Record<string, string>): Bindings {
    for (;;) {
      try {
        return drawVars(vars, seed, 'sample', recorded).bindings;
      } catch (error) {
        if (!(error instanceof VariableError)) throw error;
        // A variable that hangs on a faulty one is not told a second time.
        if (!this.#hangsOnFaulty(vars[error.variable])) this.#tell(error.variable, error.message);
        this.#faulty.add(error.variable);
        delete vars[error.variable];
      }
    }
  }

  #hangsOnFaulty(variable: Variable | undefined): boolean {
    if (variable === undefined || variable === 'mac' || !variable.subnet) return false;
    const { prefix, not = [] } = variable.subnet;
    return [prefix, not].flat().some((name) => this.#faulty.has(String(name)));
  }

  #tell(name: string, message: string): void {
    this.#faulty.add(name);
    this.mistakes.push({ path: ['vars', name], message });
  }
}

const planOfVariant = (variant: string, count: number) =>
  planCluster(
    { seed: 0, lab: 'sample', count: Math.min(Math.max(count, 1), MOST_NODES) },
    { 'cluster:variant': variant },
  ).plan;

/** What a cluster gives to templates, once for each variant; none where there is no cluster. */
const clustersOf = (environment: Draft['environment']): Bindings[] =>
  environment?.kind === 'kubernetes'
    ? variants.map(({ name }) => clusterBindings(planOfVariant(name, environment.nodes?.length ?? 1)))
    : [];

const extremes = (vars: Vars): { seed: number; recorded: Record<string, string> }[] =>
  Object.entries(vars).flatMap(([name, variable]) => {
    if (variable === 'mac') return [];
    const range = variable.prefix ?? variable.number;
    const values = variable.pick ?? (range && range.from <= range.to ? [range.from, range.to] : []);
    return values.map((value) => ({ seed: 0, recorded: { [name]: String(value) } }));
  });
