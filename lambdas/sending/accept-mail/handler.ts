import type { Logger } from '@aws-lambda-powertools/logger';
import { SENDING_CONTRACT } from '../../http/sending-contract.gen.ts';
import { type Routes, serve } from '../../http/serve.ts';
import { addRecipients } from './add-recipients.ts';
import { approveCampaign, cancelCampaign, quarantineCampaign } from './change-campaign-state.ts';
import type { Dependencies } from './dependencies.ts';
import { FORMATS } from './field-formats.ts';
import { resendCampaign } from './resend-campaign.ts';
import { sendCampaign } from './send-campaign.ts';
import { sendMessage } from './send-message.ts';

const createRoutes = (dependencies: Dependencies): Routes<'accept-mail'> => ({
  'POST /v1/messages': sendMessage(dependencies),
  'POST /v1/campaigns': sendCampaign(dependencies),
  'POST /v1/campaigns/{campaignId}/recipients': addRecipients(dependencies),
  'POST /v1/campaigns/{campaignId}/approve': approveCampaign(dependencies),
  'POST /v1/campaigns/{campaignId}/quarantine': quarantineCampaign(dependencies),
  'POST /v1/campaigns/{campaignId}/cancel': cancelCampaign(dependencies),
  'POST /v1/campaigns/{campaignId}/resend': resendCampaign(dependencies),
});

/** Answers the routes that accept mail and control campaigns. */
export const createHandler = ({ logger, ...dependencies }: Dependencies & { readonly logger: Pick<Logger, 'error'> }) =>
  serve<'accept-mail'>(createRoutes(dependencies), {
    ...{ now: dependencies.now, logger },
    ...{ contract: SENDING_CONTRACT, formats: FORMATS },
  });
