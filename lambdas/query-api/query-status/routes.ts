import type { Routes } from '../../http/serve.ts';
import { checkSuppressions } from './check-suppressions.ts';
import type { Dependencies } from './dependencies.ts';
import { getCampaign } from './get-campaign.ts';
import { getEmailStatus } from './get-email-status.ts';
import { getHealth } from './get-health.ts';
import { getMessage } from './get-message.ts';
import { getRecipient } from './get-recipient.ts';
import { getSuppression } from './get-suppression.ts';
import { importSuppressions } from './import-suppressions.ts';
import { listCampaignRecipients } from './list-campaign-recipients.ts';
import { listMessages } from './list-messages.ts';
import { listRecipientMessages } from './list-recipient-messages.ts';
import { listSuppressions } from './list-suppressions.ts';
import { putCategory } from './put-category.ts';
import { putSuppression } from './put-suppression.ts';
import { removeCategory } from './remove-category.ts';
import { removeSuppression } from './remove-suppression.ts';

export const createRoutes = (dependencies: Dependencies): Routes<'query-status'> => ({
  'GET /v1/messages': listMessages(dependencies),
  'GET /v1/messages/{messageId}': getMessage(dependencies),
  'GET /v1/messages/{messageId}/recipients/{email}': getEmailStatus(dependencies),
  'GET /v1/recipients/{email}': getRecipient(dependencies),
  'GET /v1/recipients/{email}/messages': listRecipientMessages(dependencies),
  'GET /v1/campaigns/{campaignId}': getCampaign(dependencies),
  'GET /v1/campaigns/{campaignId}/recipients': listCampaignRecipients(dependencies),
  'GET /v1/suppressions': listSuppressions(dependencies),
  'POST /v1/suppressions/check': checkSuppressions(dependencies),
  'POST /v1/suppressions/import': importSuppressions(dependencies),
  'GET /v1/suppressions/{email}': getSuppression(dependencies),
  'PUT /v1/suppressions/{email}': putSuppression(dependencies),
  'DELETE /v1/suppressions/{email}': removeSuppression(dependencies),
  'PUT /v1/suppressions/{email}/categories/{category}': putCategory(dependencies),
  'DELETE /v1/suppressions/{email}/categories/{category}': removeCategory(dependencies),
  'GET /v1/health': getHealth(dependencies),
});
