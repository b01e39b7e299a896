declare const sanitised: unique symbol

/** HTML that went through the allow-list sanitiser. Only such text is written into a page unescaped. */
export type SafeHtml = string & { readonly [sanitised]: true }

/** Marks HTML as safe. Call it where the sanitiser's result comes out, and nowhere else. */
export const trustSanitised = (html: string): SafeHtml => html as SafeHtml
