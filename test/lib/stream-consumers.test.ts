import { describe, expect, it } from 'vitest';
import { idOf, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
const [, counting] =
  stack.all('AWS::Lambda::EventSourceMapping').find(([id]) => plain(id) === 'CampaignCountsCountingMapping') ?? [];

describe('the mapping that counts campaigns', () => {
  it('leads from the emails’ stream to the count function, from the oldest record on', () => {
    expect(plain(idOf(counting?.Properties.EventSourceArn))).toBe('EmailStatusTable');
    expect(plain(idOf(counting?.Properties.FunctionName))).toBe('CampaignCountsCountStatusesFunction');
    expect(counting?.Properties.StartingPosition).toBe('TRIM_HORIZON');
  });

  // What makes counting exact: without a window nobody tells the shard, and two batches of a shard at once pass each other.
  it('has a tumbling window and one batch of a shard at a time', () => {
    expect(counting?.Properties).toMatchObject({ TumblingWindowInSeconds: 60, ParallelizationFactor: 1 });
  });

  it('cuts what fails in two, gives it up after hours and tells a queue', () => {
    expect(counting?.Properties).toMatchObject({ BisectBatchOnFunctionError: true, MaximumRecordAgeInSeconds: 21_600 });
    expect(counting?.Properties).not.toHaveProperty('MaximumRetryAttempts');
    expect(plain(idOf(counting?.Properties.DestinationConfig.OnFailure.Destination))).toBe(
      'CampaignCountsCountingFailed',
    );
  });
});
