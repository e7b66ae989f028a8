export { Mailtrail } from './mailtrail.ts';
export type { MailtrailProps } from './settings/mailtrail-props.ts';
export { type ApiDomainSettings, SettingsError } from './settings/settings.ts';
