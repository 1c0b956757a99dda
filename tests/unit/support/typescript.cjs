// Loads TypeScript sources in a process without Jest: node -r tests/unit/support/typescript.cjs file.ts
const { readFileSync } = require("node:fs");
const { ModuleKind, ScriptTarget, transpileModule } = require("typescript");

const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };

require.extensions[".ts"] = (module, file) => {
  module._compile(transpileModule(readFileSync(file, "utf8"), { compilerOptions }).outputText, file);
};
