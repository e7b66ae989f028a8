// Made of openapi.json by `npm run generate`: change it there.
import type { Operation } from './contract.ts';

const from = { type: 'string', format: 'date-time' } as const;
const status = {
  type: 'string',
  enum: [
    'planned',
    'pending_approval',
    'approved',
    'queued',
    'throttled',
    'depleted',
    'sending',
    'skipped',
    'canceled_duplicate',
    'canceled_unsubscribed',
    'canceled',
    'quarantined',
    'expired',
    'invalid_address',
    'suppressed',
    'rejected',
    'failed_rendering',
    'failed_sending',
    'sent',
    'deferred',
    'delivered',
    'bounced_soft',
    'bounced_undetermined',
    'bounced_hard',
    'opened',
    'read',
    'clicked',
    'unsubscribed',
    'complained',
    'bounced*',
    'canceled*',
    'failed*',
  ],
} as const;
const limit = { type: 'integer', minimum: 1, maximum: 100, default: 25 } as const;
const cursor = { type: 'string', format: 'mailtrail-cursor', minLength: 1, maxLength: 8192 } as const;
const vocabulary = {
  type: 'string',
  enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
  default: 'mailtrail',
} as const;
const messageId = { type: 'string', minLength: 1, maxLength: 512, required: true } as const;
const email = { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } as const;
const campaignId = { type: 'string', minLength: 1, maxLength: 256, required: true } as const;

/** What each operation takes. */
export const CONTRACT = {
  'GET /v1/messages': {
    path: {},
    query: {
      from,
      to: from,
      status,
      category: { type: 'string', minLength: 1, maxLength: 256 },
      limit,
      cursor,
      vocabulary,
    },
    body: {},
    window: { default: 7, most: 31 },
  },
  'POST /v1/messages': {
    path: {},
    query: {},
    body: {
      email: { type: 'string', minLength: 1, maxLength: 320, required: true },
      values: {
        type: 'map',
        maxProperties: 100,
        names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
        mostBytes: 8192,
      },
      category: { type: 'string', format: 'mailtrail-id' },
      from: { type: 'string', minLength: 1, maxLength: 400, format: 'mailtrail-mailbox', required: true },
      replyTo: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', minLength: 1, maxLength: 400, format: 'mailtrail-mailbox' },
      },
      subject: { type: 'string', minLength: 1, maxLength: 500, format: 'mailtrail-one-line-template', required: true },
      html: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      text: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      expiresAt: { type: 'string', format: 'date-time' },
      unsubscribable: { type: 'boolean', default: false },
      trackReads: { type: 'boolean', default: false },
    },
    header: { 'idempotency-key': { type: 'string', format: 'mailtrail-id', required: true } },
    function: 'accept-mail',
  },
  'GET /v1/messages/{messageId}': { path: { messageId }, query: { vocabulary }, body: {} },
  'GET /v1/messages/{messageId}/recipients/{email}': { path: { messageId, email }, query: { vocabulary }, body: {} },
  'GET /v1/recipients/{email}': { path: { email }, query: { vocabulary }, body: {} },
  'DELETE /v1/recipients/{email}': {
    path: { email },
    query: { suppression: { type: 'string', enum: ['keep', 'erase'], default: 'keep' } },
    body: {},
    function: 'erase-recipient',
  },
  'GET /v1/recipients/{email}/messages': {
    path: { email },
    query: { from, to: from, status, limit, cursor, vocabulary },
    body: {},
  },
  'GET /v1/campaigns/{campaignId}': { path: { campaignId }, query: { vocabulary }, body: {} },
  'GET /v1/campaigns/{campaignId}/recipients': {
    path: { campaignId },
    query: { status, limit, cursor, vocabulary },
    body: {},
  },
  'POST /v1/campaigns/{campaignId}/recipients': {
    path: { campaignId: { type: 'string', format: 'mailtrail-id', required: true } },
    query: {},
    body: {
      recipients: {
        type: 'array',
        minItems: 1,
        maxItems: 5000,
        required: true,
        items: {
          type: 'object',
          properties: {
            email: { type: 'string', minLength: 1, maxLength: 320, required: true },
            values: {
              type: 'map',
              maxProperties: 100,
              names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
              mostBytes: 8192,
            },
            skip: { type: 'string', minLength: 1, maxLength: 200 },
          },
        },
      },
    },
    header: { 'idempotency-key': { type: 'string', format: 'mailtrail-id', required: true } },
    function: 'accept-mail',
  },
  'POST /v1/campaigns': {
    path: {},
    query: {},
    body: {
      campaignId: { type: 'string', format: 'mailtrail-id', required: true },
      category: { type: 'string', format: 'mailtrail-id' },
      from: { type: 'string', minLength: 1, maxLength: 400, format: 'mailtrail-mailbox', required: true },
      replyTo: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', minLength: 1, maxLength: 400, format: 'mailtrail-mailbox' },
      },
      subject: { type: 'string', minLength: 1, maxLength: 500, format: 'mailtrail-one-line-template', required: true },
      html: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      text: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      recipients: {
        type: 'array',
        minItems: 1,
        maxItems: 5000,
        required: true,
        items: {
          type: 'object',
          properties: {
            email: { type: 'string', minLength: 1, maxLength: 320, required: true },
            values: {
              type: 'map',
              maxProperties: 100,
              names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
              mostBytes: 8192,
            },
            skip: { type: 'string', minLength: 1, maxLength: 200 },
          },
        },
      },
      sendAt: { type: 'string', format: 'date-time' },
      expiresAt: { type: 'string', format: 'date-time' },
      preventDuplicates: { type: 'boolean', default: true },
      needsApproval: { type: 'boolean', default: false },
      unsubscribable: { type: 'boolean', default: true },
      trackReads: { type: 'boolean', default: false },
    },
    header: { 'idempotency-key': { type: 'string', format: 'mailtrail-id', required: true } },
    function: 'accept-mail',
  },
  'POST /v1/campaigns/{campaignId}/approve': {
    path: { campaignId: { type: 'string', format: 'mailtrail-id', required: true } },
    query: {},
    body: {},
    function: 'accept-mail',
  },
  'POST /v1/campaigns/{campaignId}/quarantine': {
    path: { campaignId: { type: 'string', format: 'mailtrail-id', required: true } },
    query: {},
    body: {},
    function: 'accept-mail',
  },
  'POST /v1/campaigns/{campaignId}/cancel': {
    path: { campaignId: { type: 'string', format: 'mailtrail-id', required: true } },
    query: {},
    body: {},
    function: 'accept-mail',
  },
  'POST /v1/campaigns/{campaignId}/resend': {
    path: { campaignId: { type: 'string', format: 'mailtrail-id', required: true } },
    query: {},
    body: {
      recipients: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: { type: 'string', format: 'mailtrail-address-as-is', minLength: 1, maxLength: 512 },
      },
      reason: { type: 'string', minLength: 1, maxLength: 500 },
    },
    header: { 'idempotency-key': { type: 'string', format: 'mailtrail-id', required: true } },
    function: 'accept-mail',
  },
  'GET /v1/suppressions': {
    path: {},
    query: {
      reason: { type: 'string', enum: ['complaint', 'bounce', 'repeated_soft_bounce', 'manual', 'unsubscribe'] },
      from,
      to: from,
      limit,
      cursor,
    },
    body: {},
  },
  'POST /v1/suppressions/check': {
    path: {},
    query: {},
    body: {
      addresses: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        required: true,
        items: { type: 'string', format: 'mailtrail-address-as-is', minLength: 1, maxLength: 512 },
      },
      category: { type: 'string', minLength: 1, maxLength: 256 },
    },
  },
  'POST /v1/suppressions/import': {
    path: {},
    query: {},
    body: {
      suppressions: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        required: true,
        items: {
          type: 'object',
          properties: {
            address: {
              type: 'string',
              format: 'mailtrail-address-as-is',
              minLength: 1,
              maxLength: 512,
              required: true,
            },
            note: { type: 'string', maxLength: 500 },
          },
        },
      },
    },
  },
  'GET /v1/suppressions/{email}': { path: { email }, query: {}, body: {} },
  'PUT /v1/suppressions/{email}': { path: { email }, query: {}, body: { note: { type: 'string', maxLength: 500 } } },
  'DELETE /v1/suppressions/{email}': {
    path: { email },
    query: { unsubscribe: { type: 'boolean', default: false } },
    body: {},
  },
  'GET /v1/statuses': { path: {}, query: { vocabulary }, body: {} },
  'GET /v1/health': { path: {}, query: {}, body: {} },
} as const satisfies Readonly<Record<string, Operation>>;
