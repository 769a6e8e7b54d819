/** The format of lab.yaml: one file for each part, under `schema/`. */
export { AnswerQuestion, AnswerType, answerTypes } from './schema/answer.ts';
export { Check, type Operator, operators } from './schema/check.ts';
export { ChoiceQuestion } from './schema/choice.ts';
export {
  type DockerEnvironment,
  Environment,
  type HostsEnvironment,
  type KubernetesEnvironment,
  type NodeProfile,
} from './schema/environment.ts';
export { InfoQuestion } from './schema/info.ts';
export { LabFile } from './schema/lab.ts';
export { Look, type Params } from './schema/look.ts';
export { Question } from './schema/question.ts';
export { Step } from './schema/steps.ts';
export { TaskQuestion } from './schema/task.ts';
export { type SubnetVar, Variable, type Vars } from './schema/vars.ts';
export type { Value } from './schema/words.ts';
