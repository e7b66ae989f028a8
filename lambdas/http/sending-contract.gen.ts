// Generated from openapi.json by `npm run generate`. Do not edit.
import type { Operation } from './schema.ts';

const campaignId = { type: 'string', format: 'mailtrail-id', required: true } as const;

/** The input of each operation. */
export const SENDING_CONTRACT = {
  'POST /v1/messages': {
    path: {},
    query: {},
    body: {
      email: { type: 'string', minLength: 1, maxLength: 320, required: true },
      values: {
        type: 'map',
        nullable: true,
        maxProperties: 100,
        names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
        mostBytes: 8192,
      },
      category: { type: 'string', format: 'mailtrail-id' },
      from: { type: 'string', minLength: 1, maxLength: 1000, format: 'mailtrail-mailbox', required: true },
      replyTo: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', minLength: 1, maxLength: 1000, format: 'mailtrail-mailbox' },
      },
      subject: { type: 'string', minLength: 1, maxLength: 500, format: 'mailtrail-one-line-template', required: true },
      html: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      text: { type: 'string', minLength: 1, maxLength: 262144, format: 'mailtrail-template' },
      expiresAt: { type: 'string', format: 'date-time' },
      unsubscribable: { type: 'boolean', default: false },
      transactional: { type: 'boolean' },
      trackReads: { type: 'boolean', default: false },
    },
    header: { 'idempotency-key': { type: 'string', format: 'mailtrail-id', required: true } },
    function: 'accept-mail',
  },
  'POST /v1/campaigns/{campaignId}/recipients': {
    path: { campaignId },
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
              nullable: true,
              maxProperties: 100,
              names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
              mostBytes: 8192,
            },
            skip: { type: 'string', minLength: 1, maxLength: 200, nullable: true },
          },
        },
        perItem: 'unless all are wrong',
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
      from: { type: 'string', minLength: 1, maxLength: 1000, format: 'mailtrail-mailbox', required: true },
      replyTo: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', minLength: 1, maxLength: 1000, format: 'mailtrail-mailbox' },
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
              nullable: true,
              maxProperties: 100,
              names: '^(?!unsubscribeUrl$)[A-Za-z][A-Za-z0-9_-]{0,63}$',
              mostBytes: 8192,
            },
            skip: { type: 'string', minLength: 1, maxLength: 200, nullable: true },
          },
        },
        perItem: 'unless all are wrong',
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
  'POST /v1/campaigns/{campaignId}/approve': { path: { campaignId }, query: {}, body: {}, function: 'accept-mail' },
  'POST /v1/campaigns/{campaignId}/quarantine': { path: { campaignId }, query: {}, body: {}, function: 'accept-mail' },
  'POST /v1/campaigns/{campaignId}/cancel': { path: { campaignId }, query: {}, body: {}, function: 'accept-mail' },
  'POST /v1/campaigns/{campaignId}/resend': {
    path: { campaignId },
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
} as const satisfies Readonly<Record<string, Operation>>;
