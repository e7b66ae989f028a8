import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { onTestFinished } from 'vitest';
import { createApp } from '../../lib/app.ts';

/** Any JSON a template may hold. */
// biome-ignore lint/suspicious/noExplicitAny: a template is asserted on by what it should be; its type says nothing.
export type Json = any;

export type Resource = Readonly<{
  Type: string;
  Properties: Json;
  DependsOn?: readonly string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}>;

/** A template with the few questions the tests ask of it. */
export class Synthesized {
  readonly template: Template;
  readonly resources: Readonly<Record<string, Resource>>;

  constructor(template: Template) {
    this.template = template;
    this.resources = template.toJSON().Resources;
  }

  /** The resources of one type by logical id, at least one. */
  all(type: string): readonly (readonly [id: string, resource: Resource])[] {
    const found = Object.entries(this.resources).filter(([, resource]) => resource.Type === type);
    if (found.length === 0) throw new Error(`no ${type} in the template`);
    return found;
  }

  /** The resource a `Ref` or `Fn::GetAtt` means. */
  at(reference: Json): Resource {
    const resource = this.resources[idOf(reference)];
    if (!resource) throw new Error(`${JSON.stringify(reference)} means nothing in the template`);
    return resource;
  }

  /** The topics that SES publishes to. */
  get eventTopics(): readonly string[] {
    const destinations = this.all('AWS::SES::ConfigurationSetEventDestination');
    const topics = destinations.map(([, { Properties }]) => idOf(Properties.EventDestination.SnsDestination?.TopicARN));
    return topics.filter((topic) => topic !== '');
  }

  /** From a topic along its subscription to the queue, and along the mapping to the function. */
  follow(topic: string): Readonly<{ subscription: Json; queue: Resource; mapping: Json; consumer: Resource }> {
    const to = (type: string, property: string, id: string): Json =>
      this.all(type).find(([, { Properties }]) => idOf(Properties[property]) === id)?.[1].Properties;
    const subscription = to('AWS::SNS::Subscription', 'TopicArn', topic);
    const mapping = to('AWS::Lambda::EventSourceMapping', 'EventSourceArn', idOf(subscription?.Endpoint));
    const [queue, consumer] = [this.at(mapping?.EventSourceArn), this.at(mapping?.FunctionName)];
    return { subscription, queue, mapping, consumer };
  }
}

/** The stack's template for a context. Functions are not bundled: that takes seconds, and their code is asserted elsewhere. */
export const synthesize = (context: Readonly<Record<string, unknown>> = {}): Synthesized => {
  const outdir = mkdtempSync(join(tmpdir(), 'mailtrail-synth-'));
  try {
    const assembly = createApp({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, outdir }).synth();
    const [stack] = assembly.stacks;
    if (!stack || assembly.stacks.length > 1) throw new Error('the app is meant to have one stack');
    return new Synthesized(Template.fromJSON(stack.template));
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** The logical id in a `Ref` or `Fn::GetAtt`. */
export const idOf = (reference: Json): string => reference?.Ref ?? reference?.['Fn::GetAtt']?.[0] ?? '';

/** A logical id as it is written in lib: without CDK's eight hexadecimal digits at the end. */
export const plain = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** An ARN as readable text: references by their logical id. */
export const render = (value: Json): string => {
  if (typeof value === 'string') return value;
  const join = value['Fn::Join'];
  if (join) return join[1].map(render).join(join[0]);
  return `{${plain(idOf(value))}}`;
};

/** A value or a list of values, as a list. */
export const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
