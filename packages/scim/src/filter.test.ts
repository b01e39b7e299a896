import { describe, expect, test } from 'vitest'
import { matches, parseFilter, printFilter, toPredicate } from './index.ts'
import { groupType } from './schema/group.ts'
import { userType } from './schema/user.ts'
import { ada, enterprise, maths, refusalOf } from './testing/samples.ts'

const holds = (filter: string, resource = ada, type = userType) =>
  matches(toPredicate(parseFilter(filter), type), resource)

describe('what a filter finds (RFC 7644 §3.4.2.2)', () => {
  test.each([
    ['userName eq "ada@acme.example"', true, 'a name that is not case-exact is compared without case'],
    ['USERNAME Eq "ADA@ACME.EXAMPLE"', true, 'attribute names and operators have no case'],
    ['id eq "01u-ada"', false, 'an id is case-exact'],
    ['externalId eq "E-701984"', true, 'externalId'],
    ['externalId eq "e-701984"', false, 'externalId is case-exact'],
    ['userName ne "bob"', true, 'ne'],
    ['nickName ne "bob"', true, 'ne holds for an absent attribute'],
    ['emails.value ne "ada@home.example"', false, 'ne means that no value is equal'],
    ['userName co "ACME"', true, 'co'],
    ['userName sw "ada@"', true, 'sw'],
    ['userName ew ".example"', true, 'ew'],
    ['userName co ""', true, 'the empty string is part of every value'],
    ['nickName co ""', false, 'and of no absent one'],
    ['title pr', true, 'pr'],
    ['nickName pr', false, 'pr of an absent attribute'],
    ['name pr', true, 'pr of a complex attribute'],
    ['emails pr', true, 'pr of a multi-valued attribute'],
    ['photos pr', false, 'pr of an empty multi-valued attribute'],
    ['nickName eq null', true, 'null is absence'],
    ['title eq null', false, 'null is no value'],
    ['title ne null', true, 'ne null is presence'],
    ['active eq true', true, 'a boolean'],
    ['active eq "True"', true, 'a boolean as Entra ID writes it'],
    ['active eq False', false, 'a literal in another case'],
    ['active ne true', false, 'ne of a boolean'],
    ['meta.lastModified gt "2026-05-13T04:42:33Z"', true, 'gt of a moment'],
    ['meta.lastModified ge "2026-05-13T07:42:34+03:00"', true, 'moments are compared across zones'],
    ['meta.lastModified lt "2026-05-13T04:42:34.5Z"', true, 'lt of a moment with a fraction'],
    ['meta.lastModified le "2026-05-13T04:42:33Z"', false, 'le of a moment'],
    ['meta.resourceType eq "User"', true, 'a part of meta'],
    ['userName gt "a"', true, 'order of strings'],
    ['userName lt "A"', false, 'order of strings without case'],
    ['emails eq "ada@home.example"', true, 'a multi-valued attribute stands for its values'],
    ['emails co "@acme"', true, 'one value is enough'],
    ['emails.type eq "home"', true, 'a sub-attribute of one element'],
    ['emails.type eq "home" and emails.value co "@acme"', true, 'without brackets the elements may differ'],
    ['emails[type eq "home" and value co "@acme"]', false, 'in brackets it is one element'],
    ['emails[type eq "work" and value co "@acme"]', true, 'a value path'],
    ['emails[type eq "work" and not (value co "@acme")]', false, 'not in a value path'],
    ['emails[type eq "work" or type eq "other"]', true, 'or in a value path'],
    ['emails[(type eq "x" or primary eq true) and value ew "example"]', true, 'parentheses in a value path'],
    ['emails[type eq "work"].value eq "ada@acme.example"', true, 'a value path with a sub-attribute'],
    ['emails[type eq "home"].value eq "ada@acme.example"', false, 'correlated'],
    ['emails[primary eq true]', true, 'a boolean in a value path'],
    ['addresses[country eq "gr" and locality pr]', true, 'a complex attribute without value'],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:user"', true, 'schemas'],
    ['groups.value eq "01G-MATHS"', true, 'groups of a user'],
    [`${enterprise}:department eq "maths"`, true, 'an attribute of an extension'],
    [`${enterprise}:manager.value eq "01U-BOSS"`, true, 'a sub-attribute of an extension'],
    [`${enterprise}:manager eq "01U-BOSS"`, true, 'a complex attribute with value'],
    [`${enterprise.toUpperCase()}:DEPARTMENT pr`, true, 'a URN in another case'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:name.givenName eq "ada"', true, 'the URN of the core schema'],
    ['title pr or nickName pr and nickName pr', true, 'and binds stronger than or'],
    ['(title pr or nickName pr) and nickName pr', false, 'parentheses'],
    ['not (title pr) or title pr', true, 'not binds stronger than or'],
    ['not(nickName pr)', true, 'not without a space'],
    ['not (not (title pr))', true, 'not twice'],
    ['  title   pr  ', true, 'spaces'],
    ['title eq "\\u0045ngineer"', true, 'an escaped character'],
    ['title eq "Eng\\"ineer"', false, 'an escaped quote'],
    ['title eq "a] and (b"', false, 'brackets in a string'],
  ])('%s is %s: %s', (filter, expected) => {
    expect(holds(filter)).toBe(expected)
  })

  test('members of a group are found by their id', () => {
    expect(holds('members[value eq "u2"]', maths, groupType)).toBe(true)
    expect(holds('members.value eq "U2"', maths, groupType)).toBe(false)
  })
})

describe('a filter that is refused', () => {
  test.each([
    ['', 0, 'nothing'],
    ['title', 5, 'an attribute alone'],
    ['title eq', 8, 'no value'],
    ['title eq Engineer', 9, 'a word that is no value'],
    ['title xx "a"', 6, 'an unknown operator'],
    ['title eq "a', 9, 'a string without end'],
    ['title eq "\\x"', 9, 'a wrong escape'],
    ["title eq 'a'", 9, 'single quotes'],
    ['title pr and', 12, 'nothing after and'],
    ['title pr nickName pr', 9, 'no operator between'],
    ['(title pr', 9, 'a parenthesis that stays open'],
    ['title pr)', 8, 'a parenthesis too many'],
    ['not title pr', 4, 'not without parentheses'],
    ['emails[type eq "work"', 21, 'a bracket that stays open'],
    ['emails[]', 7, 'an empty value path'],
    ['emails[emails[type pr]]', 13, 'a value path in a value path'],
    ['emails[name.type pr]', 7, 'a longer path in a value path'],
    ['a.b.c pr', 0, 'a path of three'],
    ['1title pr', 0, 'a name that begins with a digit'],
    ['title eq 01', 10, 'a number with a zero before it'],
    ['title eq 1e999', 9, 'a number beyond all'],
  ])('%s at %i: %s', (filter, position) => {
    expect(refusalOf(() => parseFilter(filter))).toMatchObject({
      status: 400,
      scimType: 'invalidFilter',
      place: { position },
    })
  })

  test.each([
    ['shoeSize eq 1', 'an attribute that the type does not have'],
    ['name.shoeSize eq "1"', 'a sub-attribute that does not exist'],
    ['urn:example:other:title pr', 'another schema'],
    ['password eq "x"', 'what is never returned'],
    ['password pr', 'even its presence'],
    ['active gt true', 'an order of booleans'],
    ['active co "t"', 'a part of a boolean'],
    ['x509Certificates.value gt "a"', 'an order of binaries'],
    ['userName eq 5', 'a number for a string'],
    ['userName eq true', 'a boolean for a string'],
    ['active eq "yes"', 'a string for a boolean'],
    ['meta.created gt "yesterday"', 'a string that is no moment'],
    ['meta.created sw "2026"', 'a part of a moment'],
    ['name eq "Ada"', 'a complex attribute without value'],
    ['title gt null', 'an order with null'],
    ['userName[value eq "x"]', 'brackets on a simple attribute'],
    ['emails[shoe eq "x"]', 'an unknown sub-attribute in brackets'],
  ])('%s: %s', (filter) => {
    expect(refusalOf(() => holds(filter))).toMatchObject({ status: 400, scimType: 'invalidFilter' })
  })

  test('a refusal names the position and never the value', () => {
    const { detail } = refusalOf(() => parseFilter('title eq "secret" oder'))
    expect(detail).toBe('The filter is not valid at position 18: expected "and", "or" or the end.')
  })
})

describe('the predicate for a repository', () => {
  const predicate = (filter: string) => toPredicate(parseFilter(filter), userType)

  test('names are canonical, ne and null are said with not and present', () => {
    expect(predicate('USERNAME ne "a" and NICKNAME eq null')).toMatchObject({
      kind: 'all',
      of: [
        {
          kind: 'not',
          of: { kind: 'test', operator: 'eq', value: 'a', field: { name: 'userName', path: ['userName'] } },
        },
        { kind: 'not', of: { kind: 'present', field: { name: 'nickName' } } },
      ],
    })
  })

  test('nested groups of one kind are flat and double negation is gone', () => {
    expect(predicate('(title pr and (nickName pr and not (not (active eq true))))')).toMatchObject({
      kind: 'all',
      of: [{ kind: 'present' }, { kind: 'present' }, { kind: 'test', value: true }],
    })
  })

  test('a value path is one correlated group whose fields are relative to the element', () => {
    expect(predicate('emails[type eq "work" and value co "@x"]')).toMatchObject({
      kind: 'element',
      field: { name: 'emails', many: true },
      of: {
        kind: 'all',
        of: [{ field: { path: ['type'], many: false } }, { field: { path: ['value'] }, operator: 'co' }],
      },
    })
  })

  test('moments are dates and fields carry their case rule', () => {
    const found = predicate('meta.created ge "2026-01-01T00:00:00Z"')
    expect(found).toMatchObject({ value: new Date('2026-01-01T00:00:00Z'), field: { path: ['meta', 'created'] } })
    expect(predicate('id eq "x"')).toMatchObject({ field: { attribute: { caseExact: true } } })
    expect(predicate(`${enterprise}:manager eq "x"`)).toMatchObject({
      field: { path: [enterprise, 'manager', 'value'] },
    })
  })

  test.each([
    ['shoe pr', false],
    ['shoe eq "x"', false],
    ['shoe ne "x"', true],
    ['shoe eq null', true],
    ['shoe ne null', false],
    ['shoe gt "x" or title pr', undefined],
    ['shoe pr and title pr', false],
    ['not (shoe pr)', true],
    ['shoe[a eq "x"]', false],
  ])('in a search over several types an unknown attribute has no value: %s', (filter, value) => {
    const bound = toPredicate(parseFilter(filter), userType, { unknown: 'absent' })
    expect(bound).toMatchObject(value === undefined ? { kind: 'present' } : { kind: 'constant', value })
  })
})

test.each([
  ['a eq "x" and (b pr or not (c eq 1.5))'],
  [`${enterprise}:manager.value eq "\\"q\\""`],
  ['emails[type eq "work" and value pr] or active eq true'],
])('printing a filter gives back what was read: %s', (text) => {
  expect(printFilter(parseFilter(text))).toBe(text)
})
