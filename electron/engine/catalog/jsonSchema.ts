import { z } from 'zod';
import { LabFile } from './schema.ts';

const fileOfText = {
  type: 'object' as const,
  properties: { file: { type: 'string' as const } },
  required: ['file'],
  additionalProperties: false,
};

/** The JSON Schema of lab.yaml, for editors: made from the same schema that the loader uses. */
export const labJsonSchema = (): string => {
  const schema = z.toJSONSchema(LabFile, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== 'markdown-or-file') return;
      delete jsonSchema.type;
      delete jsonSchema.format;
      delete jsonSchema.minLength;
      jsonSchema.anyOf = [{ type: 'string', minLength: 1 }, fileOfText];
    },
  });
  return `${JSON.stringify({ title: 'A lab of Patchbay', ...schema }, null, 2)}\n`;
};
