import {
  accountIs,
  assigns,
  browserIs,
  daysAgo,
  fillsIn,
  minutesAgo,
  notes,
  records,
  replies,
  type Scenario,
  says,
  stepsAre,
  takesOver,
} from './scenario.ts'

/** In the hands of an agent. */
export const englishWithTeam: readonly Scenario[] = [
  {
    key: 'en-upload-413',
    contact: { name: 'Irene Maris', email: 'irene.maris@harrowby.example' },
    locale: 'en',
    began: daysAgo(1, '09:12'),
    page: 'https://app.northlight.example/files',
    opens:
      'Uploading our annual report fails with 413 Payload Too Large. It is a PDF, and it happened at 9:05 UTC. Edge 147 on Windows 11, office network, no VPN.',
    picture: 'upload-413.png',
    beats: [
      says(4, 'I would rather talk to a person, we need this before noon.'),
      accountIs('irene.maris@harrowby.example', 'team'),
      stepsAre('Open Files', 'Choose the report', 'Wait until the bar is full', 'The message appears'),
      records(7, 'upload-refused'),
      takesOver(5, 'marcus'),
      replies(
        4,
        'marcus',
        'Good morning, Irene. Thank you for the recording: it shows the reason at once. The file has 24.6 MB, and the limit is 20 MB for one file, so it was refused with 413. Nothing is wrong with your network or your account.\n\nThe quickest way: open the report and save it again with its pictures compressed ("Reduce file size" in most PDF programs). If that is not enough, split it into two parts and upload both.',
      ),
      says(22, 'Compressing brought it to 21 MB. Almost! I will split off the appendix.'),
      notes(
        3,
        'marcus',
        'Waiting for the second try. If the parts fail as well, look for a proxy with a lower limit: she is in an office network.',
      ),
    ],
  },
  {
    key: 'en-answers-503',
    contact: { name: 'Noah Pell', email: 'noah.pell@greyfield.example' },
    locale: 'en',
    began: minutesAgo(255),
    page: 'https://app.northlight.example/chat',
    opens:
      'Answers fail with "No capacity is free at the moment". Is something down? It happened three times in a row.',
    beats: [
      browserIs({
        browser: 'Chrome',
        browserVersion: '147',
        os: 'Windows',
        osVersion: '11',
        device: 'desktop',
        network: 'home',
      }),
      records(8, 'service-unavailable'),
      accountIs('noah.pell@greyfield.example', 'plus'),
      says(1, 'Please connect me to someone who can see your side.'),
      replies(
        9,
        'sofia',
        'Hello Noah, I am looking at your recording. All three requests reached us and were answered with 503, so the fault is on our side and not in your browser. I have their request ids from the file, you need not copy anything.',
      ),
      notes(
        6,
        'sofia',
        'Three 503 in a row on /api/answers, ids in the findings. Asked the platform team whether the new pool was drained in that minute.',
      ),
      replies(
        25,
        'sofia',
        'A short report: the group of servers that took your requests was full for a few minutes. It has been enlarged since. Does it work for you now? The server asks for a pause of 30 seconds after such an answer; please wait that long before you try again.',
      ),
    ],
  },
  {
    key: 'en-streaming-cut',
    contact: { name: 'Bea Lindqvist', email: 'bea@norrvik-systems.example' },
    locale: 'en',
    began: daysAgo(2, '13:05'),
    opens:
      'Streaming answers are cut in the middle. From our office the stream ends after exactly 60 seconds without an error, from my laptop at home the same call finishes. Example: req_c5Vn10TzRk8u.',
    beats: [
      fillsIn(3, { field: 'environment', value: { network: 'corporate', proxy: true } }),
      accountIs('bea@norrvik-systems.example', 'business'),
      says(2, 'I want a person for this, it is not in the articles.'),
      replies(
        18,
        'marcus',
        'Hello Bea. Exactly 60 seconds, and only in the office: that is typical of a proxy that closes connections it believes to be idle. Your call finished on our side; the last part was written and never taken.\n\nCould you do two things? Run the same call once over the hotspot of a phone, and ask your IT team for the idle timeout of the proxy and whether it holds back streamed answers.',
      ),
      notes(2, 'marcus', 'req_c5Vn10TzRk8u: complete on our side, 94 s, client gone at 60 s.'),
      says(
        95,
        'Hotspot: works every time. IT says the proxy closes after 60 seconds without data from the client side. They are asking what to set.',
      ),
      replies(
        12,
        'marcus',
        'That settles it. Please ask them to raise that timeout for app.northlight.example, five minutes are plenty, and to switch off buffering for answers of the type text/event-stream. I will keep this open until you have tried it.',
      ),
    ],
  },
  {
    key: 'en-sso-domain-changed',
    contact: { name: 'Callum Frye', email: 'callum.frye@newarkwright.example' },
    locale: 'en',
    began: daysAgo(1, '11:30'),
    opens:
      'Since our company changed its name I cannot sign in with Microsoft. No accounts found. My old address was callum@arkwright-old.example, the new one is callum.frye@newarkwright.example.',
    beats: [
      accountIs('callum.frye@newarkwright.example', 'team'),
      says(3, 'I would like to speak to a person'),
      takesOver(14, 'eleni'),
      replies(
        3,
        'eleni',
        'Hello Callum. You have named the cause yourself: the invitation still carries your old address, and Microsoft now signs you in with the new one. To the workspace these are two different accounts.\n\nPlease ask an administrator of your organisation to invite callum.frye@newarkwright.example, and then open the new invitation with that account. The old entry can be removed once you are in.',
      ),
      says(40, 'Our administrator has left the company… is there another way?'),
      notes(4, 'eleni', 'Needs a new administrator. Ask who owns the plan; nothing is changed before we have proof.'),
      replies(
        2,
        'eleni',
        'There is, but it takes a little longer. Could you tell me who in your company receives our invoices? I will write to that address with the steps for naming a new administrator.',
      ),
    ],
  },
  {
    key: 'en-seats',
    contact: { name: 'Fiona Abara', email: 'fiona.abara@lanternschool.example' },
    locale: 'en',
    began: daysAgo(1, '15:02'),
    opens:
      'We have bought ten more seats but I can still not invite anybody: it says that no seat is free. Business plan, organisation org-lantern42.',
    picture: 'no-seat-free.png',
    beats: [
      accountIs('fiona.abara@lanternschool.example', 'business'),
      says(2, 'Please put me through to a human'),
      assigns(21, 'eleni', 'sofia'),
      notes(1, 'eleni', 'Sofia, the order went through at noon. Could you see why the seats are not counted?'),
      replies(
        17,
        'sofia',
        'Hello Fiona, I see the order and I see that its seats have not been added to org-lantern42. I have passed it on and will write here as soon as they are. You need not order again.',
      ),
    ],
  },
  {
    key: 'en-custom-assistant',
    contact: { name: 'Hugo Vance', email: 'hugo@pinegrove-tours.example' },
    locale: 'en',
    began: daysAgo(3, '10:20'),
    opens:
      'One of our custom assistants answers in French although its instructions are in English. The others are fine. Chrome 147 on macOS.',
    beats: [
      fillsIn(2, { field: 'assistant_id', value: { id: 'g-7dQx21TourDesk' } }),
      accountIs('hugo@pinegrove-tours.example', 'team'),
      stepsAre('Open the assistant', 'Ask it in English for a day trip', 'The answer comes in French'),
      says(2, 'Can I speak to someone?'),
      replies(
        33,
        'marcus',
        'Hello Hugo, thank you for the id. I can see when this assistant was last changed but not what it holds. Does one of the files that you gave to it happen to be in French? A long file in another language can outweigh short instructions.',
      ),
      says(48, 'Yes! The price list of a partner is in French.'),
      replies(
        9,
        'marcus',
        'Then add one sentence to the instructions: "Always answer in English, whatever the language of the files." Save, and start a new conversation for the test: one that has begun keeps the old instructions.',
      ),
    ],
  },
  {
    key: 'en-password-in-chat',
    contact: { name: 'Gwen Sutter', email: 'gwen.sutter@oakline.example' },
    locale: 'en',
    began: minutesAgo(345),
    opens:
      'I cannot log in. My email is gwen.sutter@oakline.example and my password is tidal-Meadow-88, please try it yourself.',
    beats: [
      says(3, 'Oh. I want to talk to a person then.'),
      replies(
        12,
        'sofia',
        'Hello Gwen. Your password was taken out of the message before it was stored, so I have not seen it, and I do not need it. To be on the safe side please change it anywhere else you use it.\n\nFor the sign-in: choose "Forgot password" on the sign-in page and open the newest mail only; each new mail makes the one before it useless. Look in the spam folder as well.',
      ),
      says(35, 'No mail so far, not in spam either.'),
      notes(
        5,
        'sofia',
        'No account under this address. Asked for the first one she may have used. Do not confirm or deny other addresses.',
      ),
      replies(
        2,
        'sofia',
        'Is it possible that you signed up with Google or with another address? The way of the first time is the one that works: they do not mix.',
      ),
    ],
  },
]
