import { createContext } from 'svelte';
import type { Transport } from '../../electron/contract/wire.ts';
import { CatalogState } from '../catalog/catalogState.svelte.ts';
import { Session } from '../connection/session.svelte.ts';
import { Shortcuts } from '../keys/shortcuts.ts';
import { Commands } from '../palette/commands.svelte.ts';
import { StatusState } from '../status/statusState.svelte.ts';
import type { DrawTerminal } from '../terminal/xterm.ts';
import { Theme } from '../theme/theme.svelte.ts';
import { Announcer } from './announcer.svelte.ts';
import { Route } from './route.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

/** Everything that the pages share, made once per window. */
export class Desk {
  readonly session: Session;
  readonly status: StatusState;
  readonly catalog: CatalogState;
  readonly theme = new Theme();
  readonly route = new Route();
  readonly toasts = new Toasts();
  readonly announcer = new Announcer();
  readonly shortcuts = new Shortcuts();
  readonly commands = new Commands();

  /** Loaded with the first terminal: the catalog must not wait for it. */
  readonly drawTerminal: DrawTerminal;

  constructor(open: () => Promise<Transport>, drawTerminal: DrawTerminal = drawWhenLoaded) {
    this.drawTerminal = drawTerminal;
    this.session = new Session(open);
    this.status = new StatusState(this.session);
    this.catalog = new CatalogState(this.session);
  }
}

const drawWhenLoaded: DrawTerminal = async (...args) => (await import('../terminal/xterm.ts')).drawTerminal(...args);

export const [useDesk, provideDesk] = createContext<Desk>();
