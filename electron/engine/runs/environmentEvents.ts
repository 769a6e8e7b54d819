import type { LabError } from '../../contract/error.ts';
import type { LiveEnvironment } from '../environments/provider.ts';

export interface EnvironmentEvents {
  /** Something that a page shows is different. */
  changed(): void;
  /** Which containers are the run's; resolves when it is on the disk. */
  adopted(containers: Readonly<Record<string, string>>, endpoint: string): Promise<void>;
  started(seconds: number): Promise<void>;
  /** This node runs again after it had stopped: what ran in it is gone. */
  revived(node: string): void;
  failed(error: LabError): Promise<void>;
  /** The live environment is there, or (null) no more. */
  live(environment: LiveEnvironment | null): void;
}

/** What the journal knows of an environment. */
export interface Recorded {
  /** Node name to container id. */
  readonly nodes: Readonly<Record<string, string>>;
  /** Its start came to its end. */
  readonly complete: boolean;
}
