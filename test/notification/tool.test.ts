import { describeTool } from '../../lambda/notification/tool';

describe('the tool', () => {
  test.each([
    [
      'the AWS CLI',
      'aws-cli/2.32.3 md/awscrt#0.28.4 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13.9 md/pyimpl#CPython m/g,b,E,Z cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24 md/prompt#off md/command#lambda.publish-layer-version',
      '"aws-cli/2.32.3 md/command#lambda.publish-layer-version"',
    ],
    [
      'a tool that sets the execution environment',
      'aws-cli/2.17.32 ua/2.0 os/linux#6.1 lang/python#3.11.9 exec-env/grimoire_e61d79ea-6155-460a-9692-37d3e4544e28 cfg/retry-mode#standard md/prompt#off md/command#lambda.add-permission',
      '"aws-cli/2.17.32 exec-env/grimoire_e61d79ea-6155-460a-9692-37d3e4544e28 md/command#lambda.add-permission"',
    ],
    [
      'Terraform run by an attack simulator',
      'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.76.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.157 (go1.19.3; linux; amd64) stratus-red-team_1222242e-efe2-4641-a881-346fa54f41e1 HashiCorp-terraform-exec/0.17.3',
      '"Terraform/1.1.2 terraform-provider-aws/3.76.1 stratus-red-team_1222242e-efe2-4641-a881-346fa54f41e1"',
    ],
    [
      'the console',
      'aws-internal/3 aws-sdk-java/1.11.1009 Linux/5.4.109-57.183.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.292-b10 java/1.8.0_292 vendor/Oracle_Corporation cfg/retry-mode/legacy, AWSLambdaConsole/1.1',
      '"aws-internal/3 AWSLambdaConsole/1.1"',
    ],
    ['an SDK alone', 'aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)', '"aws-sdk-go/1.44.157"'],
    ['a service', 'cloudformation.amazonaws.com', '"cloudformation.amazonaws.com"'],
    ['one that is a link', 'curl/8 https://evil.example', '"curl/8 https: //evil.example"'],
    ['an empty one', '', '""'],
    ['brackets alone', '(x)', '"(x)"'],
  ])('given %s, then what identifies it is shown', (_, userAgent, expected) => {
    expect(describeTool(userAgent)).toBe(expected);
  });

  test('given a user agent of 100,000 brackets, then the rest is shown and cut', () => {
    expect(describeTool(`${'('.repeat(100_000)} tool`).length).toBeLessThan(200);
  });
});
