import type { Finding } from '../../contract/models/status.ts';
export const doctor = async (): Promise<Finding[]> => [];
