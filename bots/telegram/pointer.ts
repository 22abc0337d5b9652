import { type Message, say } from '../../api/chat/message.ts'

/**
 * What is said in a group: come to the private chat. The same to everybody, about nothing that was said there;
 * without the bot's name, only the sentence.
 */
export const groupPointer = (
  words: { text: string; open: string },
  username: string | undefined,
): Message =>
  username === undefined
    ? say(words.text)
    : {
        parts: [
          { kind: 'text', text: words.text },
          { kind: 'link', label: words.open, url: `https://t.me/${username}?start=group` },
        ],
      }
