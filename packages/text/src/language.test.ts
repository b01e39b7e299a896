import { describe, expect, test } from 'vitest'
import { detectLanguage, trainLanguageModel } from './language.ts'

const english = [
  'my pdf wont upload',
  'help',
  'I was charged twice this month',
  'API returns 500 since 9:48',
  'no accounts found when I use microsoft',
  'where is the request id?',
  'it does not work',
  'how do i talk to someone',
  'please cancel my subscription',
  'login loop in firefox 145 on windows 11',
  'the har file is too large',
  'upload fails',
]
const greeklish = [
  'den anevainei to arxeio',
  'thelo na miliso me anthropo',
  'xexasa ton kodiko mou',
  'me xreosan dyo fores',
  'pou einai to request id',
  'den douleuei tipota shmera',
  'kalimera, exo ena provlima',
  'pws kanw katagrafh har ston chrome',
  'leei oti den vre8hkan logariasmoi',
  'to upload kollaei sto 100',
  'boh8eia',
  'mporeite na me voithisete',
]

describe('detectLanguage', () => {
  test('Greek letters decide, even among English words', () => {
    expect(detectLanguage('το upload του PDF δεν δουλεύει σε Chrome')).toEqual({
      language: 'el',
      script: 'greek',
      greeklish: false,
      confidence: 1,
    })
  })

  test.each(english)('English: %s', (text) => {
    expect(detectLanguage(text)).toMatchObject({ language: 'en', script: 'latin', greeklish: false })
  })

  test.each(greeklish)('Greeklish: %s', (text) => {
    expect(detectLanguage(text)).toMatchObject({ language: 'el', script: 'latin', greeklish: true })
  })

  test('links, addresses and ids say nothing about the language', () => {
    expect(detectLanguage('req_7Kd93hVbQq den doulevei https://app.example/en/files me@corp.example').greeklish).toBe(
      true,
    )
  })

  test('is unsure of a text without letters', () => {
    expect(detectLanguage('12:30 ?!').confidence).toBe(0.5)
  })

  test('is surer of a sentence than of a word', () => {
    const sure = detectLanguage('please tell me why the upload of my file fails every time').confidence
    expect(sure).toBeGreaterThan(detectLanguage('file').confidence)
  })

  test('a model learns from the texts it is given', () => {
    const model = trainLanguageModel({ en: ['zzyx qwv zzyx'], el: ['μπλιμπλίκι μπλιμπλίκι'] })
    expect(detectLanguage('mplimpliki', model).greeklish).toBe(true)
    expect(detectLanguage('zzyx', model).greeklish).toBe(false)
  })
})
