/** The colours of a page, by `light` and `dark`, as texts such as #1a1a1a. */
export const coloursOf = (html: string) => {
  const sets = [...html.matchAll(/--ink:(#\w+);--paper:(#\w+);--line:(#\w+)/g)];
  return sets.map(
    ([, ink = '', paper = '', line = ''], index) => [index === 0 ? 'light' : 'dark', { ink, paper, line }] as const,
  );
};

/** The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance). */
export const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const luminance = (colour: string): number => {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
