import { LabError } from '../../contract/error.ts';
import type { Finding } from '../../contract/models/status.ts';
import { connectDocker } from './connect.ts';
import type { Diagnosis, Patient } from './diagnoses/diagnosis.ts';
import { apiVersion, endpoint, ownDaemon, permission } from './diagnoses/engine.ts';
import { kernel } from './diagnoses/kernel.ts';
import { disk, electron, images, memory, node, sandbox } from './diagnoses/machine.ts';
import { findEndpoint } from './findEndpoint.ts';

/** Everything that `patchbay doctor` looks at, in the order in which it is shown. */
export const diagnoses: readonly Diagnosis[] = [
  node,
  endpoint,
  permission,
  apiVersion,
  ownDaemon,
  kernel,
  images,
  disk,
  memory,
  electron,
  sandbox,
];

/** Looks, and changes nothing: it starts no engine and fetches no image. Never rejects. */
export async function doctor(table: readonly Diagnosis[] = diagnoses): Promise<Finding[]> {
  const patient = await examine();
  try {
    return await Promise.all(table.map((diagnosis) => finding(diagnosis, patient)));
  } finally {
    patient.docker?.close();
  }
}

async function examine(): Promise<Patient> {
  try {
    return { docker: await connectDocker(await findEndpoint()), error: null };
  } catch (error) {
    return { docker: null, error: LabError.from(error) };
  }
}

async function finding({ id, title, needsDocker, check }: Diagnosis, patient: Patient): Promise<Finding> {
  if (needsDocker && !patient.docker)
    return { id, title, state: 'skipped', detail: 'no Docker Engine answers', fix: null };
  try {
    return { id, title, ...(await check(patient)) };
  } catch (error) {
    const { message, hint } = LabError.from(error);
    return { id, title, state: 'wrong', detail: message, fix: hint };
  }
}
