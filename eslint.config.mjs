import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Matches a node only in code that runs once, when the module is loaded: not for each call or each instance. */
const atLoad = (node) => `${node}:not(:function *):not(ClassBody *)`;
const readonlyConstant =
  "VariableDeclarator:matches([id.typeAnnotation.typeAnnotation.operator='readonly'], " +
  "[id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly/])";
const asConst = "TSAsExpression[typeAnnotation.typeName.name='const']";
const changeableConstant = `:matches(VariableDeclarator:not(${readonlyConstant}), ExportDefaultDeclaration)`;
const assertion = `:matches(TSAsExpression, TSSatisfiesExpression, TSTypeAssertion):not(${asConst})`;
/** The value of a constant whose type lets it be changed. */
const changeable = (value) => `:matches(${changeableConstant}, ${changeableConstant} > ${assertion}) > ${value}`;
/** Returns a new array or object. */
const builtIn = "CallExpression[callee.object.name=/^(Array|Object|Reflect)$/]:not([callee.property.name='freeze'])";
const inReadonlyConstant = "[id.typeAnnotation.typeAnnotation.typeName.name=/^Readonly(Map|Set)$/] > NewExpression";
const stateMessage =
  "A module keeps no state: put it into the Session. Type a constant by `as const`, `readonly T[]`, `Readonly<T>`, " +
  "`ReadonlyMap` or `ReadonlySet`.";
const staticMessage = "A class keeps no state: put it into the Session. A constant belongs beside the class.";
/** All files that may open a `Secret`: adding one needs a reason that a reviewer believes. */
const opensSecrets = [
  // Compares a password with what is recorded of it.
  "provider/resource/contract/fingerprint.ts",
  // Sends AUTH.
  "provider/resource/verify/sendAuth.ts",
  // Signs a request.
  "provider/tencentcloud/transport/signature.ts",
  // Writes its body, and the token's header.
  "provider/tencentcloud/transport/request.ts",
  // Sign in at a proxy.
  "provider/tencentcloud/transport/httpProxy.ts",
  "provider/tencentcloud/transport/socksProxy.ts",
  // Cuts it out of what is shown.
  "provider/tencentcloud/secrets/redactor.ts",
];

export default tseslint.config(
  { ignores: ["build/", "dist/", "reports/", ".stryker-tmp/", "examples/*/bin/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Reset returns what it is given: a promise in a handler is often passed on as it is.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // It asks for the assertion that another rule forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // An empty function says "nothing to do here" more plainly than a comment in it.
      "@typescript-eslint/no-empty-function": "off",
      // A longer file has a second subject.
      "max-lines": ["error", 200],
    },
  },
  {
    // Lines go through the log that the front end makes.
    files: ["provider/{resource,tencentcloud}/**/*.ts"],
    rules: { "no-console": "error" },
  },
  {
    files: ["provider/**/*.ts", "local-cloud/**/*.ts"],
    rules: {
      // Two sessions in one process must share nothing by accident: a test, or another front end, makes its own.
      // Selectors see syntax only. They miss what a named function returns (`const next = createCounter()`), properties that
      // are assigned later (`handle.calls = 0`, `globalThis.sent`), and what is deeper in a readonly type (`readonly T[][]`): a
      // review has to.
      "no-restricted-syntax": [
        "error",
        { selector: atLoad("VariableDeclaration[kind!='const']"), message: stateMessage },
        { selector: `${atLoad("NewExpression")}:not(${inReadonlyConstant})`, message: stateMessage },
        { selector: atLoad(changeable("ArrayExpression")), message: stateMessage },
        { selector: atLoad(changeable("ObjectExpression")), message: stateMessage },
        { selector: atLoad(changeable("CallExpression[callee.name='Array']")), message: stateMessage },
        { selector: atLoad(changeable(builtIn)), message: stateMessage },
        // A function that is called where it is written can keep variables for the functions that it returns.
        { selector: atLoad("CallExpression[callee.type=/Function/]"), message: stateMessage },
        { selector: ":matches(PropertyDefinition, AccessorProperty)[static=true]", message: staticMessage },
        { selector: "StaticBlock", message: staticMessage },
      ],
    },
  },
  {
    files: ["provider/**/*.ts"],
    ignores: opensSecrets,
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "expose", message: "A secret is opened where it is sent or compared only: pass it on as it is." },
        { property: "spellings", message: "Each of them is the secret: leave it to the Redactor." },
      ],
    },
  },
  {
    files: ["examples/**/*.ts"],
    // A variable that is not set is told of by the check: it needs no code in a program.
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["examples/**/*.js"],
    languageOptions: { globals: { process: "readonly" } },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { module: "writable", require: "readonly", __dirname: "readonly" } },
  },
);
