import { answer, type SesAnswer } from './rest-json.ts';
import type { SesSettings } from './settings.ts';

/** The fictional sending account, as shown in events. */
export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';

/** GetAccount: an account in production, with the current settings. @param sent recipients in the last 24 hours */
export const getAccount = (
  { account, max24HourSend, maxSendRate }: Pick<SesSettings, 'account' | 'max24HourSend' | 'maxSendRate'>,
  sent: number,
): SesAnswer =>
  answer({
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: account === 'suspended' ? 'SHUTDOWN' : 'HEALTHY',
    ProductionAccessEnabled: true,
    SendQuota: { Max24HourSend: max24HourSend, MaxSendRate: maxSendRate, SentLast24Hours: sent },
    SendingEnabled: account === 'healthy',
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
