import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** What the links in emails are signed with. Made by Secrets Manager when the stack is, and seen by nobody. */
export class LinkSecret extends Construct {
  readonly arn: string;

  /** @param trial whether the secret is deleted with the stack; otherwise it is kept, and old links can be made to work again */
  constructor(scope: Construct, id: string, { trial }: Readonly<{ trial: boolean }>) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description:
        'Signs the links of emails sent by Mailtrail. If it changes or is deleted, no link sent before works',
      // A change of these two properties generates another secret, and no link sent before works.
      removalPolicy: trial ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
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
