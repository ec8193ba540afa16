package trellis.e2e;

/** The contrast of text with what is behind it: WCAG 2.2, success criterion 1.4.3. */
final class Contrast {

    /** Returns what has too little: 3 is enough for a heading of this page, 4.5 for other text. */
    static final String SCRIPT = """
            const parts = color => color.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(each => each / 255)
                .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
                .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
            const behind = element => {
              for (let each = element; each; each = each.parentElement) {
                const color = parts(getComputedStyle(each).backgroundColor);
                if (color[3] !== 0) return color;
              }
            };
            return [...document.querySelectorAll('body *')]
                .filter(each => each.checkVisibility() && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .filter(each => {
                  const [one, other] = [light(parts(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
                  return (one + 0.05) / (other + 0.05) < (each.tagName === 'H1' ? 3 : 4.5);
                })
                .map(each => each.outerHTML);
            """;

    private Contrast() {}
}
