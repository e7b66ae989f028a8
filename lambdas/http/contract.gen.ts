// Generated from openapi.json by `npm run generate`. Do not edit.
import type { Operation } from './schema.ts';

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

/** The input of each operation. */
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
  'GET /v1/suppressions': {
    path: {},
    query: {
      reason: {
        type: 'string',
        enum: [
          'complaint',
          'bounce',
          'repeated_soft_bounce',
          'forwarded_bounce',
          'ses_global_list',
          'manual',
          'unsubscribe',
        ],
      },
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
        perItem: 'always',
      },
      category: { type: 'string', minLength: 1, maxLength: 256 },
      transactional: { type: 'boolean', default: false },
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
            note: { type: 'string', maxLength: 500, nullable: true },
          },
        },
        perItem: 'always',
      },
    },
  },
  'GET /v1/suppressions/{email}': { path: { email }, query: {}, body: {} },
  'PUT /v1/suppressions/{email}': {
    path: { email },
    query: {},
    body: { note: { type: 'string', maxLength: 500, nullable: true } },
  },
  'DELETE /v1/suppressions/{email}': {
    path: { email },
    query: { unsubscribe: { type: 'boolean', default: false } },
    body: {},
  },
  'PUT /v1/suppressions/{email}/categories/{category}': {
    path: { email, category: campaignId },
    query: {},
    body: { note: { type: 'string', maxLength: 500, nullable: true } },
  },
  'DELETE /v1/suppressions/{email}/categories/{category}': {
    path: { email, category: campaignId },
    query: {},
    body: {},
  },
  'GET /v1/statuses': { path: {}, query: { vocabulary }, body: {}, function: 'explain-statuses' },
  'GET /v1/health': { path: {}, query: {}, body: {} },
} as const satisfies Readonly<Record<string, Operation>>;

/** All routes, of every function. */
export const ROUTES: readonly string[] = [
  ...Object.keys(CONTRACT),
  'POST /v1/messages',
  'POST /v1/campaigns/{campaignId}/recipients',
  'POST /v1/campaigns',
  'POST /v1/campaigns/{campaignId}/approve',
  'POST /v1/campaigns/{campaignId}/quarantine',
  'POST /v1/campaigns/{campaignId}/cancel',
  'POST /v1/campaigns/{campaignId}/resend',
];
