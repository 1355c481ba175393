import { createRequire } from 'node:module';
import type { Block, PrintedDocument, TableBlock } from './document.js';

const require = createRequire(import.meta.url);
/** Embedded whole characters and all: a reader needs no font of its own to show « é » or « € ». */
const fonts = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

const margin = 48;
const grey = '#555555';
type Page = PDFKit.PDFDocument;

/** The bytes of a PDF: A4, the same for the same document. */
export async function renderPdf(document: PrintedDocument): Promise<Buffer> {
  // Loaded with the first document: a service that prints none does not carry it.
  const { default: PDFDocument } = await import('pdfkit');
  const info = {
    Title: document.title,
    Author: 'ISU',
    Producer: 'ISU',
    Creator: 'ISU',
    CreationDate: document.madeOn,
    ModDate: document.madeOn,
  };
  const page = new PDFDocument({ size: 'A4', margin, bufferPages: true, lang: 'fr', displayTitle: true, info });
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done) => page.on('end', done));
  page.registerFont('plain', fonts.plain).registerFont('bold', fonts.bold);
  page.font('bold').fontSize(15).text(document.title);
  page.moveDown(0.3).font('plain').fontSize(9);
  for (const line of document.heading) page.text(line);
  for (const block of document.blocks) draw(page, block);
  number(page, document.footer);
  page.end();
  await ended;
  return Buffer.concat(chunks);
}

function draw(page: Page, block: Block): void {
  if (block.kind === 'table') return drawTable(page, block);
  if (block.kind === 'title') page.moveDown(0.9).font('bold').fontSize(11).fillColor('black').text(block.text);
  else if (block.kind === 'banner') page.moveDown(0.5).font('bold').fontSize(10).fillColor('#9b1c1c').text(block.text).fillColor('black');
  else if (block.kind === 'small') page.moveDown(0.2).font('plain').fontSize(7.5).fillColor(grey).text(block.text).fillColor('black');
  else page.moveDown(0.4).font('plain').fontSize(9).text(block.text);
}

function drawTable(page: Page, { columns, rows, sumsFrom = Infinity }: TableBlock): void {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const wide = page.page.width - 2 * margin;
  const places = columns.map(({ width }, rank) => ({
    x: margin + (columns.slice(0, rank).reduce((sum, column) => sum + column.width, 0) / whole) * wide,
    width: (width / whole) * wide - 4,
  }));
  const row = (cells: readonly string[], font: 'plain' | 'bold') => {
    page.font(font).fontSize(8);
    const height = Math.max(...cells.map((cell, rank) => page.heightOfString(cell, { width: places[rank]?.width ?? wide })));
    if (page.y + height > page.page.height - margin - 20) page.addPage();
    const y = page.y;
    cells.forEach((cell, rank) => {
      const { x, width } = places[rank] ?? { x: margin, width: wide };
      page.text(cell, x, y, { width, align: columns[rank]?.align ?? 'left' });
    });
    page.x = margin;
    page.y = y + height + 2;
  };
  page.moveDown(0.4);
  row(
    columns.map(({ title }) => title),
    'bold',
  );
  page
    .moveTo(margin, page.y)
    .lineTo(margin + wide, page.y)
    .lineWidth(0.5)
    .stroke(grey);
  page.y += 2;
  rows.forEach((cells, rank) => row(cells, rank >= sumsFrom ? 'bold' : 'plain'));
}

/** Pages are numbered once all are there. */
function number(page: Page, footer: string): void {
  const { start, count } = page.bufferedPageRange();
  for (let rank = start; rank < start + count; rank += 1) {
    page.switchToPage(rank);
    const y = page.page.height - margin + 6;
    const options = { width: page.page.width - 2 * margin, lineBreak: false, height: 10 };
    page.font('plain').fontSize(7).fillColor(grey);
    page.page.margins.bottom = 0;
    page.text(`${footer} — page ${rank + 1} sur ${count}`, margin, y, options);
  }
}
