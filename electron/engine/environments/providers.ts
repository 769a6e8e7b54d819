import type { ExpandedEnvironment } from '../catalog/expanded.ts';
import type { Provider } from './provider.ts';

type Kind = ExpandedEnvironment['kind'];

/** The table of environments: one provider a kind. */
export type Providers = { readonly [Each in Kind]: Provider<Extract<ExpandedEnvironment, { kind: Each }>> };

/** The provider of an environment's kind: it is only ever given topologies of that kind. */
export const providerOf = (providers: Providers, { kind }: { readonly kind: Kind }): Provider => providers[kind];

/** Whether its provider has `pausing`: for pages, which ask before there is a provider. */
export const canPause = ({ kind }: { readonly kind: Kind }): boolean => kind === 'kubernetes';
