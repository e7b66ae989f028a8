import { Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** What the links in emails are signed with. Made by Secrets Manager when the stack is, and seen by nobody. */
export class LinkSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description:
        'Signs the links of emails sent by Mailtrail. Changed or deleted, every link that was ever sent is dead',
      // Changing anything here makes another secret, and every link that was ever sent is dead.
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    this.arn = secret.secretArn;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Links in old emails must go on working, so what they are signed with must not be rotated.',
    });
  }

  /** Lets a function read it. */
  grantRead(who: IGrantable): void {
    who.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] }),
    );
  }
}
