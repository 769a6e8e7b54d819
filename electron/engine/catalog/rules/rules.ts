import { answers } from './answers.ts';
import { checks } from './checks.ts';
import { choices } from './choices.ts';
import { cluster } from './cluster.ts';
import { engines } from './engines.ts';
import { hosts } from './hosts.ts';
import { links } from './links.ts';
import { looks } from './looks.ts';
import { order } from './order.ts';
import type { Rule } from './rule.ts';
import { startFiles } from './startFiles.ts';
import { startRoutes } from './startRoutes.ts';
import { steps } from './steps.ts';
import { tasks } from './tasks.ts';
import { templates } from './templates.ts';

/** Everything that is asked of a lab beyond its shape. */
export const rules: readonly Rule[] = [
  templates,
  hosts,
  startRoutes,
  startFiles,
  links,
  engines,
  cluster,
  order,
  looks,
  answers,
  choices,
  tasks,
  checks,
  steps,
];
