import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import emailStatusChanged from '../../docs/email-status-changed.schema.json' with { type: 'json' };
import suppressionChanged from '../../docs/suppression-changed.schema.json' with { type: 'json' };

export const SCHEMAS = { EmailStatusChanged: emailStatusChanged, SuppressionChanged: suppressionChanged };

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
const VALID = {
  EmailStatusChanged: ajv.compile(emailStatusChanged),
  SuppressionChanged: ajv.compile(suppressionChanged),
};

/** What of a published detail its documented schema does not allow, and which of its fields the schema does not name. */
export const undocumented = (type: string, detail: object): readonly string[] => {
  const kind = type as keyof typeof SCHEMAS;
  const valid = VALID[kind];
  const properties: object = SCHEMAS[kind].properties;
  return [
    ...(valid(detail) ? [] : (valid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)),
    ...Object.keys(detail).flatMap((field) => (field in properties ? [] : `${field} is not documented`)),
  ];
};
