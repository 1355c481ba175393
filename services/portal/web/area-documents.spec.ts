import { piecesOf } from './area-documents.mjs';

const chunk = (fileName: string, imports: string[], ...moduleIds: string[]) => ({ type: 'chunk', fileName, imports, moduleIds });

describe('what an area is made of', () => {
  const bundle = {
    'index.js': chunk('index.js', [], '/web/src/main.tsx'),
    'home.js': chunk('home.js', ['table.js', 'index.js'], '/web/src/account/home.tsx', '/web/src/account/account-area.tsx'),
    'table.js': chunk('table.js', ['index.js'], '/web/src/ui/table.tsx'),
    'chart.js': chunk('chart.js', [], '/web/src/chart.tsx'),
    'index.css': { type: 'asset', fileName: 'index.css' },
  };

  it('is the chunk that holds it and all that this one imports, each once', () => {
    expect(piecesOf(bundle, '/src/account/account-area.tsx')).toEqual(['home.js', 'table.js', 'index.js']);
  });

  it('is an error of the build when nothing holds it any more', () => {
    expect(() => piecesOf(bundle, '/src/gone.tsx')).toThrow('no chunk holds /src/gone.tsx');
  });
});
