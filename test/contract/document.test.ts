import { describe, expect, it } from 'vitest';
import { explain as describeStatus } from '../../lambdas/domain/status/explanation.ts';
import { FACT_KINDS } from '../../lambdas/domain/status/fact.ts';
import { isStatus, STATUS_NAMES, STATUSES, type Status } from '../../lambdas/domain/status/statuses.ts';
import { VOCABULARIES } from '../../lambdas/domain/status/vocabulary.ts';
import { CAUSES } from '../../lambdas/domain/suppression/suppression.ts';
import openapi from '../../lambdas/http/openapi.json' with { type: 'json' };
import { at, everyObject, problemsOf } from '../support/openapi.ts';

const operations = everyObject(openapi.paths, '#/paths').filter(([pointer]) => pointer.split('/').length === 4);
const named = (keyword: string) => everyObject().filter(([, value]) => keyword in value);
const { schemas } = openapi.components;

describe('openapi.json', () => {
  it('has no dangling reference', () => {
    const broken = named('$ref').filter(([, { $ref }]) => at(String($ref)) === undefined);

    expect(broken).toEqual([]);
  });

  it('uses all its components, except the two responses of no operation', () => {
    const used = new Set(named('$ref').map(([, { $ref }]) => $ref));
    const { securitySchemes: _, ...parts } = openapi.components;
    const components = Object.entries(parts).flatMap(([kind, part]) =>
      Object.keys(part).map((name) => `#/components/${kind}/${name}`),
    );

    expect(components.filter((pointer) => !used.has(pointer))).toEqual([
      '#/components/responses/NoRoute',
      '#/components/responses/MethodNotAllowed',
    ]);
  });

  it('has examples that its own schemas allow', () => {
    const examples = named('example').filter(([, value]) => 'schema' in value);

    expect(examples.length).toBeGreaterThan(20);
    for (const [pointer, { example }] of examples) {
      expect([pointer, problemsOf(`${pointer}/schema`, example)]).toEqual([pointer, []]);
    }
  });

  const isPublic = ({ security }: Readonly<Record<string, unknown>>) => JSON.stringify(security) === '[]';

  it('requires authorization except behind links in emails', () => {
    const open = operations.filter(([, operation]) => isPublic(operation)).map(([pointer]) => pointer);

    expect(open.map((pointer) => decodeURIComponent(pointer).replaceAll('~1', '/'))).toEqual([
      ...['get', 'head', 'post'].map((method) => `#/paths//u/{token}/${method}`),
      ...['get', 'head'].map((method) => `#/paths//r/{token}/${method}`),
    ]);
    for (const [pointer, operation] of operations.filter(([, one]) => isPublic(one))) {
      expect([pointer, operation]).toEqual([
        pointer,
        expect.not.objectContaining({ 'x-mailtrail-scope': expect.anything() }),
      ]);
      expect(operation['x-mailtrail-function']).toMatch(/^(unsubscribe-recipient|track-read)$/);
      expect(operation.operationId).toMatch(/^[a-z]+[A-Z]/);
      expect(Object.keys(operation.responses as object)).toEqual(
        expect.arrayContaining(['200', '404', '429', '500', '503']),
      );
      expect([operation.summary, operation.description].every((words) => String(words).length > 9)).toBe(true);
    }
  });

  it.each(operations.filter(([, operation]) => !isPublic(operation)))(
    '%s is documented completely',
    (pointer, operation) => {
      const path = decodeURIComponent(pointer.split('/')[2] ?? '').replaceAll('~1', '/');
      const scope = operation['x-mailtrail-scope'];
      const parameters = (operation.parameters ?? []) as { $ref: string }[];
      const inPath = parameters
        .map(({ $ref }) => at($ref) as { in: string; name: string })
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);

      expect(operation.operationId).toMatch(/^[a-z]+[A-Z]/);
      expect(['read', 'write', 'approve']).toContain(scope);
      expect(operation.security).toEqual([{ sigv4: [] }, { jwt: [`mailtrail/${scope}`] }]);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(Object.keys(operation.responses as object)).toEqual(
        expect.arrayContaining(['400', '401', '403', '413', '429', '500', '503']),
      );
      expect(Object.keys(operation.responses as object)[0]).toMatch(/^20[02]$/);
      expect([operation.summary, operation.description].every((words) => String(words).length > 9)).toBe(true);
    },
  );

  it('has as many operation ids as operations', () => {
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  });

  it('closes every object of a response', () => {
    const open = named('properties').filter(
      ([pointer, value]) =>
        value.type === 'object' &&
        value.additionalProperties !== false &&
        // A mail program's form data is not under our control.
        !/schemas\/(GatewayMessage|LeaveForm)$/.test(pointer),
    );

    expect(open).toEqual([]);
  });

  it('has the real labels and meanings of statuses in its examples', () => {
    const examples = everyObject()
      .filter(([pointer, value]) => pointer.includes('/example') && isStatus(value.status))
      .map(([, value]) => value as { status: Status; label: string });

    expect(examples.length).toBeGreaterThan(4);
    for (const example of examples) {
      const described = Object.entries(describeStatus(example.status, 'mailtrail', { overdue: false }));
      expect(example).toMatchObject(Object.fromEntries(described.filter(([word]) => word in example)));
    }
  });

  it('has the enumerations of the domain', () => {
    expect(schemas.Vocabulary.enum).toEqual(VOCABULARIES);
    expect(schemas.Status.enum).toEqual(STATUS_NAMES);
    expect(schemas.Event.properties.kind.enum).toEqual(FACT_KINDS);
    expect(schemas.CauseName.enum).toEqual(CAUSES);
    expect(new Set(schemas.Group.enum)).toEqual(new Set(Object.values(STATUSES).map(({ group }) => group)));
  });
});
