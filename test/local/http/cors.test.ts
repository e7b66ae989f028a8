import { describe, expect, it } from 'vitest';
import { json } from '../../../local/http/exchange.ts';
import type { CorsBlueprint } from '../../../local/template/apis.ts';
import { KEYS, servedApi } from '../served-api.ts';

const api = servedApi();

const cors: CorsBlueprint = {
  origins: ['https://app.club.example'],
  methods: ['GET', 'PUT'],
  headers: ['authorization'],
  exposedHeaders: ['x-request-id'],
  maxAge: 3600,
  credentials: false,
};

describe('CORS', () => {
  const preflight = (origin: string) =>
    api.get('/v1/messages/m', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  it('responds to a preflight without the function, and allows only known origins', async () => {
    api.serve(KEYS.slice(0, 4), cors);
    const allowed = await preflight('https://app.club.example');
    const refused = await preflight('https://evil.example');

    expect([allowed.status, api.event]).toEqual([204, undefined]);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.club.example',
      'access-control-allow-methods': 'GET,PUT',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '3600',
    });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('headers are on every response and replace the function’s own', async () => {
    api.serve(KEYS.slice(0, 4), cors);
    api.answer = () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });
    const origin = { headers: { origin: 'https://app.club.example' } };
    const found = await api.get('/v1/messages/m', origin);
    const lost = await api.get('/nowhere', origin);
    const elsewhere = await api.get('/v1/messages/m', { headers: { origin: 'https://evil.example' } });

    expect([found, lost].map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      'https://app.club.example',
      'https://app.club.example',
    ]);
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    expect(found.headers.get('access-control-expose-headers')).toBe('x-request-id');
  });

  it('headers are absent if the API has no CORS configuration', async () => {
    api.answer = () => json(200, {});
    const answered = await api.get('/v1/messages/m', { headers: { origin: 'https://app.club.example' } });

    expect(answered.headers.get('access-control-allow-origin')).toBeNull();
  });
});
