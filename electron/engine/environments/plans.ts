import type { ExpandedEnvironment } from '../catalog/expanded.ts';
import { dockerPlan } from './docker/plan.ts';
import { hostsPlan } from './hosts/plan.ts';
import { clusterPlan } from './kubernetes/plan.ts';

/** One line of a start, as it is shown before it began. */
export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  /** Seconds that it usually takes; null when nobody knows. */
  readonly usual: number | null;
}

/** What a start from nothing does, known before Docker is there. */
export interface Plan {
  readonly title: string;
  readonly steps: readonly PlannedStep[];
}

export const planOf = (environment: ExpandedEnvironment): Plan => {
  switch (environment.kind) {
    case 'hosts':
      return hostsPlan(environment);
    case 'docker':
      return dockerPlan(environment);
    case 'kubernetes':
      return clusterPlan(environment);
  }
};
