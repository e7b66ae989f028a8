import { isCall, type Lookup, resolve } from './intrinsics.ts';
import { BrokenTemplate } from './template.ts';

/**
 * A value of the template and where it stands in it. Nothing is evaluated before it is asked for: what the local stack
 * does not use may be written in any way CloudFormation takes.
 */
export class TemplateValue {
  readonly where: string;
  readonly #raw: unknown;
  readonly #lookup: Lookup;

  /** @param where what to call it in front of people, such as `Queue1234.RedrivePolicy` */
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

  /** The members of a list; none where it is absent. */
  items(): readonly TemplateValue[] {
    const list = this.#shape() ?? [];
    if (!Array.isArray(list)) throw this.broken('must be a list');
    return list.map((raw, index) => new TemplateValue(raw, this.#lookup, `${this.where}[${index}]`));
  }

  get given(): boolean {
    return this.#raw !== undefined && this.#raw !== null;
  }

  /** Everything in it, evaluated; `undefined` where it is absent. */
  value(): unknown {
    return resolve(this.#raw, this.#lookup, this.where);
  }

  /** @throws BrokenTemplate where it is absent or no text */
  text(): string {
    const value = this.value();
    if (typeof value === 'string' && value !== '') return value;
    throw this.broken(this.given ? 'must be text' : 'is missing');
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  /** A whole number, also as text; the fallback where it is absent. */
  number(fallback: number): number {
    if (!this.given) return fallback;
    const number = Number(this.value());
    if (Number.isSafeInteger(number)) return number;
    throw this.broken('must be a whole number');
  }

  /** `true` or `false`, also as text; the fallback where it is absent. */
  flag(fallback: boolean): boolean {
    return this.given ? String(this.value()) === 'true' : fallback;
  }

  /** The value as it is written, or what it evaluates to where it is one call. */
  #shape(): unknown {
    return isCall(this.#raw) ? this.value() : this.#raw;
  }

  broken(problem: string): BrokenTemplate {
    return new BrokenTemplate(this.where, problem);
  }
}
