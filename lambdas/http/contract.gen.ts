// Made of openapi.json by `npm run generate`: change it there.
import type { Operation } from './contract.ts';

/** What each operation takes. */
export const CONTRACT = {
  'GET /v1/messages/{messageId}': {
    path: { messageId: { type: 'string', minLength: 1, maxLength: 512, required: true } },
    query: {
      vocabulary: {
        type: 'string',
        enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
        default: 'mailtrail',
      },
    },
    body: {},
  },
  'GET /v1/messages/{messageId}/recipients/{email}': {
    path: {
      messageId: { type: 'string', minLength: 1, maxLength: 512, required: true },
      email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true },
    },
    query: {
      vocabulary: {
        type: 'string',
        enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
        default: 'mailtrail',
      },
    },
    body: {},
  },
  'GET /v1/recipients/{email}': {
    path: { email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } },
    query: {
      vocabulary: {
        type: 'string',
        enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
        default: 'mailtrail',
      },
    },
    body: {},
  },
  'GET /v1/recipients/{email}/messages': {
    path: { email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } },
    query: {
      from: { type: 'string', format: 'date-time' },
      to: { type: 'string', format: 'date-time' },
      status: {
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
        ],
      },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
      cursor: { type: 'string', format: 'mailtrail-cursor', minLength: 1, maxLength: 4096 },
      vocabulary: {
        type: 'string',
        enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
        default: 'mailtrail',
      },
    },
    body: {},
  },
  'GET /v1/suppressions': {
    path: {},
    query: {
      reason: { type: 'string', enum: ['complaint', 'bounce', 'repeated_soft_bounce', 'manual', 'unsubscribe'] },
      from: { type: 'string', format: 'date-time' },
      to: { type: 'string', format: 'date-time' },
      limit: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
      cursor: { type: 'string', format: 'mailtrail-cursor', minLength: 1, maxLength: 4096 },
    },
    body: {},
  },
  'GET /v1/suppressions/{email}': {
    path: { email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } },
    query: {},
    body: {},
  },
  'PUT /v1/suppressions/{email}': {
    path: { email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } },
    query: {},
    body: { note: { type: 'string', maxLength: 500 } },
  },
  'DELETE /v1/suppressions/{email}': {
    path: { email: { type: 'string', format: 'mailtrail-address', minLength: 1, maxLength: 512, required: true } },
    query: { unsubscribe: { type: 'boolean', default: false } },
    body: {},
  },
  'GET /v1/statuses': {
    path: {},
    query: {
      vocabulary: {
        type: 'string',
        enum: ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'],
        default: 'mailtrail',
      },
    },
    body: {},
  },
  'GET /v1/health': { path: {}, query: {}, body: {} },
} as const satisfies Readonly<Record<string, Operation>>;
