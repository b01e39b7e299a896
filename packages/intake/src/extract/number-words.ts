const numbers: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  μια: 1,
  ενα: 1,
  δυο: 2,
  τρεισ: 3,
  τρια: 3,
  τεσσερισ: 4,
  τεσσερα: 4,
  πεντε: 5,
  εξι: 6,
  επτα: 7,
  εφτα: 7,
  οκτω: 8,
  οχτω: 8,
  εννια: 9,
  εννεα: 9,
  δεκα: 10,
  εντεκα: 11,
  δωδεκα: 12,
  δεκαπεντε: 15,
  εικοσι: 20,
  τριαντα: 30,
  σαραντα: 40,
}

/** Longest first, so that "εντεκα" is not read as "εν". */
export const numberWord = Object.keys(numbers)
  .filter((word) => word.length > 2)
  .sort((a, b) => b.length - a.length)
  .join('|')

export const numberOf = (said: string): number => numbers[said] ?? Number(said)
