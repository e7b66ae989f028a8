import { isCall, type Lookup, resolve } from './intrinsics.ts';
import { BrokenTemplate } from './template.ts';

/**
 * A value of the template and its place in it. It is evaluated only on demand: the local stack ignores what it does not
 * use, so that may be written in any way CloudFormation allows.
 */
export class TemplateValue {
  readonly where: string;
  readonly #raw: unknown;
  readonly #lookup: Lookup;

  /** @param where its name in messages, such as `Queue1234.RedrivePolicy` */
  constructor(raw: unknown, lookup: Lookup, where: string) {
    this.#raw = raw;
    this.#lookup = lookup;
    this.where = where;
  }

  /** A property of an object; absent in anything else. */
  at(name: string): TemplateValue {
    const owner = this.#shape() as Readonly<Record<string, unknown>> | null | undefined;
    const raw = typeof owner === 'object' && owner !== null && Object.hasOwn(owner, name) ? owner[name] : undefined;
    return new TemplateValue(raw, this.#lookup, `${this.where}.${name}`);
  }

  /** The members of a list; none if it is absent. */
  items(): readonly TemplateValue[] {
    const list = this.#shape() ?? [];
    if (!Array.isArray(list)) throw this.broken('must be a list');
    return list.map((raw, index) => new TemplateValue(raw, this.#lookup, `${this.where}[${index}]`));
  }

  get given(): boolean {
    return this.#raw !== undefined && this.#raw !== null;
  }

  /** The value, evaluated at every depth; `undefined` if it is absent. */
  value(): unknown {
    return resolve(this.#raw, this.#lookup, this.where);
  }

  /** @throws BrokenTemplate if it is absent or not text */
  text(): string {
    const value = this.value();
    if (typeof value === 'string' && value !== '') return value;
    throw this.broken(this.given ? 'must be text' : 'is missing');
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  /** A whole number, also as text; the fallback if it is absent. */
  number(fallback: number): number {
    if (!this.given) return fallback;
    const number = Number(this.value());
    if (Number.isSafeInteger(number)) return number;
    throw this.broken('must be a whole number');
  }

  /** `true` or `false`, also as text; the fallback if it is absent. */
  flag(fallback: boolean): boolean {
    return this.given ? String(this.value()) === 'true' : fallback;
  }

  /** The value as written, or, if it is an intrinsic function, its result. */
  #shape(): unknown {
    return isCall(this.#raw) ? this.value() : this.#raw;
  }

  broken(problem: string): BrokenTemplate {
    return new BrokenTemplate(this.where, problem);
  }
}
