export { addressInPath } from './address.ts';
export { createMailtrail, type MailtrailOptions } from './create.ts';
export type { Answer, CsvPath, Data, Entry, Init, ListPath, Mailtrail, Method, Path } from './mailtrail.ts';
export type { components, operations, paths } from './openapi.gen.ts';
export { MailtrailError, type Problem } from './problem.ts';

import type { components } from './openapi.gen.ts';

/** The schemas of responses by name: `Schemas['EmailStatus']`. */
export type Schemas = components['schemas'];
