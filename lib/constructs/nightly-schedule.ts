import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface NightlyProps {
  readonly target: IFunction;
  /** Hour of the day, UTC. */
  readonly hour: number;
  /** What is done, for whoever finds the rule. */
  readonly description: string;
}

/** Calls a function once a night. */
export class Nightly extends Construct {
  constructor(scope: Construct, id: string, { target, hour, description }: NightlyProps) {
    super(scope, id);
    // Not on the hour, when everybody's clocks call.
    const schedule = Schedule.cron({ hour: String(hour), minute: '17' });
    new Rule(this, 'Rule', { description, schedule, targets: [new LambdaFunction(target)] });
  }
}
