import { parse } from 'tldts'

/** Where anybody gets an address, so that the domain says nothing of who somebody works for. */
const providers = new Set(
  `126.com 139.com 163.com 189.cn 21cn.com aim.com aol.com att.net bellsouth.net bigpond.com bluewin.ch bol.com.br
  btinternet.com charter.net comcast.net cox.net cytanet.com.cy daum.net disroot.org duck.com earthlink.net email.com
  fastmail.com fastmail.fm forthnet.gr foxmail.com free.fr freemail.gr freemail.hu freenet.de gmail.com gmx.at gmx.ch
  googlemail.com hanmail.net hey.com hol.gr hotmail.com hushmail.com icloud.com in.gr inbox.lv inbox.ru iol.it juno.com
  laposte.net libero.it list.ru live.com live.co.uk live.nl live.se mac.com mail.bg mail.com mail.ee mail.ru mailbox.org
  mailfence.com mailinator.com me.com msn.com mycosmos.gr nate.com naver.com o2.pl onet.pl op.pl orange.fr otenet.gr
  outlook.com outlook.com.gr outlook.de outlook.es outlook.fr outlook.it pathfinder.gr pm.me posteo.de proton.me
  protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com runbox.com sapo.pt sbcglobal.net
  seznam.cz sfr.fr shaw.ca sina.com sky.com sohu.com t-online.de talktalk.net telenet.be tiscali.it tuta.com tuta.io
  tutanota.com tutanota.de uol.com.br verizon.net vodafone.gr virgilio.it virginmedia.com vivaldi.net wanadoo.fr web.de
  windowslive.com wp.pl xtra.co.nz yeah.net ymail.com zoho.com zohomail.com ziggo.nl 10minutemail.com
  guerrillamail.com yopmail.com temp-mail.org`.split(/\s+/),
)

/** Those that have a domain in nearly every country. */
const families = new Set(['gmx', 'hotmail', 'yahoo', 'yandex'])

export function isPublicMailDomain(name: string): boolean {
  const { domain, domainWithoutSuffix } = parse(name, { allowPrivateDomains: true })
  return domain !== null && (providers.has(domain) || families.has(domainWithoutSuffix ?? ''))
}
