/**
 * The part of the page's script that unpacks the runs of a page of many: the other side of `packed.ts`, line by line. The tests run these very lines, so
 * what a browser shows is what was packed.
 */

/** Of what was packed the names of the runs, and a function that gives the lines of one of them. */
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
    const formOf = reader()(lines);
    const texts = [];
    const textOf = (line) => texts[line] ??= forms[formOf[line]].split('\\u0002')
      .map((part, hole) => (hole === 0 ? part : fillings[line].split(' ')[hole - 1] + part)).join('')
      .replace(/\\u0003(\\d+)/g, '$1">#$1');
    // Each goes on where the one before it ended, so all are read; the text of one is made when it is asked for.
    const read = reader();
    const numbers = new Map(Object.entries(runs).map(([own, steps]) => [own, read(steps)]));
    return {
      names: [...numbers.keys()],
      get: (own) => numbers.get(own).map((line) => textOf(line).replaceAll('\\u0001', own)),
    };
  };
`;
