import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item } from './attributes';

/**
 * Collects the parts of one conditional UpdateItem. Attribute names always go through placeholders, because several of
 * ours are reserved words of DynamoDB.
 */
export class Update {
  private readonly names = new Map<string, string>();
  private readonly values: Item = {};
  private readonly sets: string[] = [];
  private readonly adds: string[] = [];
  private readonly removes: string[] = [];
  private readonly conditions: string[] = [];

  /** Placeholder of a path of attribute names. */
  name(...path: readonly string[]): string {
    return path.map((part) => this.placeholder(part)).join('.');
  }

  value(value: Item[string]): string {
    const key = `:v${Object.keys(this.values).length}`;
    this.values[key] = value;
    return key;
  }

  set(attributes: Item): this {
    for (const [name, value] of Object.entries(attributes)) this.setPath([name], value);
    return this;
  }

  setPath(path: readonly string[], value: Item[string]): this {
    this.sets.push(`${this.name(...path)} = ${this.value(value)}`);
    return this;
  }

  add(name: string, value: Item[string]): this {
    this.adds.push(`${this.name(name)} ${this.value(value)}`);
    return this;
  }

  remove(...names: readonly string[]): this {
    this.removes.push(...names.map((name) => this.name(name)));
    return this;
  }

  /** All conditions have to hold. */
  when(condition: string): this {
    this.conditions.push(`(${condition})`);
    return this;
  }

  input(tableName: string, key: Item): UpdateItemCommandInput {
    return {
      TableName: tableName,
      Key: key,
      UpdateExpression: [clause('SET', this.sets), clause('ADD', this.adds), clause('REMOVE', this.removes)]
        .join(' ')
        .trim(),
      ConditionExpression: this.conditions.join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(
        [...this.names].map(([name, placeholder]) => [placeholder, name]),
      ),
      ExpressionAttributeValues: this.values,
      ReturnValues: 'ALL_NEW',
    };
  }

  private placeholder(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const placeholder = `#n${this.names.size}`;
    this.names.set(name, placeholder);
    return placeholder;
  }
}

function clause(keyword: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${keyword} ${parts.join(', ')}`;
}
