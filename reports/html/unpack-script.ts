/**
 * The part of the page's script that unpacks the runs of a page of many: the other side of `packed.ts`, line by line. The tests run these very lines, so
 * what a browser shows is what was packed.
 */

/** Makes a function of what was packed; it gives, by the name of each run, a list of its lines. */
export const UNPACK = `
  const linesOfPacked = ({ forms, lines, holes, runs }) => {
    const reader = () => {
      const followed = new Map();
      let fresh = 0;
      return (steps) => {
        const numbers = [];
        let last = -1;
        const take = (number) => {
          if (number === fresh) fresh++;
          followed.set(last, number);
          numbers.push(number);
          last = number;
        };
        steps.forEach((step, at) => {
          if (at % 2 === 1) take(fresh - step);
          else for (let left = step; left > 0; left--) take(followed.get(last) ?? fresh);
        });
        return numbers;
      };
    };
    const fillings = holes.split('\\n');
    const texts = reader()(lines).map((form, at) => {
      const parts = forms[form].split('\\u0002');
      const filled = fillings[at].split(' ');
      return parts.map((part, hole) => (hole === 0 ? part : filled[hole - 1] + part)).join('')
        .replace(/\\u0003(\\d+)/g, '$1">#$1');
    });
    const read = reader();
    return new Map(Object.entries(runs).map(([own, steps]) =>
      [own, read(steps).map((line) => texts[line].replaceAll('\\u0001', own))]));
  };
`;
