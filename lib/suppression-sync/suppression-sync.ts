import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { EnvironmentOf } from '../constructs/function-environments.ts';
import type { FunctionName } from '../constructs/function-folders.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import { Nightly } from '../constructs/nightly-schedule.ts';
import type { ErasuresTable } from '../tables/erasures-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { MIRROR_TIMEOUT, SuppressionMirror } from './suppression-mirror.ts';
import { suppressionSyncAlarms } from './suppression-sync-alarms.ts';

/** SES takes one call a second of all but sending (SES guide, quotas). */
const SES_CALL_INTERVAL = Duration.seconds(1);

export interface SuppressionSyncProps {
  readonly suppressions: SuppressionsTable;
  /** The import must not bring back whom a person had erased. */
  readonly erasures: ErasuresTable;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** Keeps SES's account suppression list and the Suppressions table in step, in both directions. */
export class SuppressionSync extends Construct {
  /** Brings in what is on SES's list. */
  readonly importer: IFunction;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: SuppressionSyncProps) {
    super(scope, id);
    const { suppressions, erasures, ...common } = props;
    const environment = { SUPPRESSIONS_TABLE: suppressions.table.tableName };
    const create = <Name extends FunctionName>(
      id: string,
      name: Name,
      timeout: Duration,
      environment: EnvironmentOf<Name>,
    ) => new MailtrailFunction(this, id, { ...common, name, timeout, environment }).function;
    const pace = { ...environment, SES_CALL_INTERVAL: String(SES_CALL_INTERVAL.toMilliseconds()) };

    const mirroring = new SuppressionMirror(this, 'SuppressionMirror');
    const { queue, failed } = mirroring;

    // Nightly it reads the whole table; a batch of the stream is done in a second.
    const planner = create('QueueSuppressions', 'queue-suppressions', Duration.minutes(5), {
      ...environment,
      MIRROR_QUEUE_URL: queue.queueUrl,
    });
    const mirror = create('MirrorSuppressions', 'mirror-suppressions', MIRROR_TIMEOUT, pace);
    // The most Lambda gives: a page of SES's list takes a second or two, and it goes on from where it stopped.
    const importer = create('ImportSuppressions', 'import-suppressions', Duration.minutes(15), {
      ...pace,
      ERASURES_TABLE: erasures.table.tableName,
    });

    suppressions.grantScan(planner);
    suppressions.grantMirror(mirror);
    suppressions.grantImport(importer);
    erasures.grantRead(importer);
    // It goes on remembering whom SES's list goes on blocking.
    erasures.grantRemember(importer);
    allowSes(mirror, ['Get', 'Put', 'Delete'].map((verb) => `${verb}SuppressedDestination`).concat('GetAccount'));
    allowSes(importer, ['ListSuppressedDestinations']);

    mirroring.connect({ suppressions, planner, mirror });

    new Nightly(this, 'NightlyImport', {
      target: importer,
      hour: 2,
      description: "Brings what is on SES's suppression list into Mailtrail's",
    });
    // After the import, so that what SES added since a lifting has come in before anything is taken off.
    new Nightly(this, 'NightlyMirror', {
      target: planner,
      hour: 3,
      description: "Queues the addresses of which SES's suppression list does not say what Mailtrail's says",
    });
    this.importer = importer;
    this.alarms = suppressionSyncAlarms(failed, { planner, importer });
  }
}

/** SES's list belongs to the account: these actions know no resource (Service Authorization Reference, Amazon SES v2). */
const allowSes = (who: IFunction, verbs: readonly string[]): void => {
  if (who.role) {
    Validations.of(who.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'The account’s suppression list is no resource that a policy could name; the actions are of that list only.',
    });
  }
  who.addToRolePolicy(new PolicyStatement({ actions: verbs.map((verb) => `ses:${verb}`), resources: ['*'] }));
};
