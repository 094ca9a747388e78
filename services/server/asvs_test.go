package server_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asvs maps the requirements of OWASP ASVS 5.0.0, levels 1 and 2, that bind the portal to what proves each: tests, as
// "folder.Test" with the folder below services, or from the root when it begins with a slash, or, after "why: ", why there is none.
var asvs = map[string]string{
	"2.3.3":  "core.TestSend_Killed core.TestImportPortfolio_CutOffAnywhere",
	"2.3.4":  "core.TestAuthorizeDevice_FiftyWrongAtOnceCountFive server.TestHistory_Codes store/postgres.TestUpdate_NoneIsLost",
	"2.4.1":  "core.TestWithClient_BoundsTriesOfAnAddress core.TestRegister_MailsAreBounded server.TestHistory_Captchas",
	"4.1.1":  "server.TestProblems server.TestHeaders",
	"4.1.3":  "server.TestClient",
	"5.1.1":  "filetype.TestCheck_Policy",
	"5.2.1":  "server.TestLarge core.TestStartUpload_Refused",
	"5.2.2":  "filetype.TestCheck_Refuses core.TestCompleteUpload_OtherBytes",
	"5.2.3":  "why: nothing that was sent is ever unpacked",
	"5.3.1":  "core.TestAttach_RoundTrip",
	"5.3.2":  "core.TestAttach_RoundTrip blob.TestFolder_KeysRefused",
	"5.4.1":  "filetype.TestCleanName_Table",
	"5.4.2":  "server.TestJourney server.TestNaughty",
	"5.4.3":  "why: no scanner is built in; types that run are refused, and files are only handed out to be saved, where the scanner of the machine sees them",
	"6.1.1":  "core.TestSignIn_StrangerCannotLockTheOwnerOut",
	"6.1.2":  "password.TestPolicy_CheckRefuses",
	"6.2.1":  "password.TestPolicy_CheckRefuses",
	"6.2.2":  "core.TestChangePassword",
	"6.2.3":  "core.TestChangePassword",
	"6.2.4":  "password.TestPolicy_CheckRefuses",
	"6.2.5":  "password.TestPolicy_CheckAccepts",
	"6.2.6":  "/ui/kit.TestField_PasswordIsHiddenUntilShown server/page.TestGolden",
	"6.2.7":  "/ui/kit.TestField_Paste",
	"6.2.8":  "seal.TestPasswords_HashVerify seal.TestPasswords_Normalised",
	"6.2.9":  "password.TestPolicy_CheckAccepts",
	"6.2.10": "why: no rule lets a password expire",
	"6.2.11": "password.TestPolicy_CheckRefuses",
	"6.2.12": "password.TestPolicy_CheckRefuses",
	"6.3.1":  "core.TestSignIn_FiftyAtOnceLockOnce server.TestHistory_SignIns",
	"6.3.2":  "core.TestEnsureAdvisor",
	"6.3.3":  "core.TestSecondFactor_Course core.TestSecurity_NeedsDeviceWhenLinked",
	"6.3.4":  "core.TestIdentity_SecondFactor server.TestOpenAPI_SaysWhoMayCall",
	"6.4.1":  "core.TestResetPassword_Tokens core.TestActivate_Gone seal.TestToken",
	"6.4.2":  "why: there are no hints and no questions, in no operation of the document (server.TestOpenAPI_Golden)",
	"6.4.3":  "core.TestSecondFactor_MissingIsNoFailure",
	"6.5.1":  "server.TestHistory_Activations server.TestHistory_Resets core.TestSecondFactor_OneCodeAtOnce",
	"6.5.2":  "core.TestStore_NothingReadable seal.TestBox_LookupAndCode",
	"6.5.3":  "seal.TestToken seal.TestDigits",
	"6.5.4":  "why: six digits are 19.9 bits, which the standard calls enough; five tries each (core.TestSendCode_TenADay)",
	"6.5.5":  "core.TestAuthorizeDevice_Expires",
	"6.6.2":  "core.TestAuthorizeDevice_OtherSession",
	"6.6.3":  "core.TestAuthorizeDevice_FiftyWrongAtOnceCountFive core.TestSendCode_TenADay",
	"7.1.1":  "why: brand.toml says session_idle and session_max",
	"7.1.2":  "why: any number of sessions at once, each listed with its device",
	"7.2.1":  "server.TestOpenAPI_SaysWhoMayCall core.TestCore_Resume",
	"7.2.3":  "seal.TestToken",
	"7.2.4":  "core.TestRegister_ActivateSignIn",
	"7.3.1":  "core.TestSession_Idle",
	"7.3.2":  "core.TestSession_LastsTwelveHours",
	"7.4.1":  "core.TestSession_SignOut core.TestCore_RecallAfterSignOut",
	"7.4.2":  "core.TestDeleteAccount_NothingIsLeft",
	"7.4.3":  "core.TestChangePassword core.TestResetPassword",
	"7.4.5":  "why: an operator has no command for it yet; a reset of the password ends all sessions (core.TestResetPassword)",
	"7.5.1":  "core.TestChangeEmail core.TestSecondFactor_SetUp",
	"7.5.2":  "core.TestDevices_List core.TestRevokeDevice",
	"8.2.1":  "server.TestGates",
	"8.2.2":  "server.TestGates_OthersThings",
	"8.2.3":  "server.TestContract_Fuzz",
	"8.3.1":  "server.TestGates",
	"11.4.2": "seal.TestPasswords_HashForm",
	"12.1.1": "/app/server.TestServe_OldTLS",
	"12.3.1": "why: the address of the database says it (sslmode), and it may be a socket on the same machine",
	"14.2.1": "server.TestOpenAPI_Golden server/page.TestHeaders",
	"14.3.1": "remote/cache.TestRemoveAll",
	"16.1.1": "why: a request writes one line, in middleware.go; all else that is logged are faults",
	"16.2.1": "why: a line says when, what, how it ended and the number of the request; who it was stands in no log, by design",
	"16.2.2": "server.TestOperations",
	"16.2.3": "server.TestOperations",
	"16.2.4": "server.TestOperations",
	"16.2.5": "program.TestNewLogger_KeepsPrivateValuesOut server.TestContract_Fuzz core.TestSignIn_ErrorsHoldNoSecret",
	"16.3.1": "core.TestSignInHistory",
	"16.3.2": "why: the line of a request has its route and its status, so 401 and 403 can be counted; who it was stands in no log",
	"16.3.3": "core.TestSignInHistory",
	"16.4.1": "server.TestOperations server.TestContract_Fuzz",
	"16.4.2": "why: the log is standard error, which the service manager keeps where the program cannot change it",
	"16.4.3": "why: as before; what collects it ships it",
	"16.5.1": "server.TestProblems_OfOurOwn",
	"16.5.2": "/app/server.TestMail_CutAfterAcceptance",
	"16.5.3": "core.TestSubscribe_StoreFails core.TestSession_ReadsOnAFullDisk",
}

var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// TestASVS holds every requirement to a test that is there, or to a reason.
func TestASVS(t *testing.T) {
	known := map[string]bool{}
	find := func(folder string) {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		must(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			must(t, err)
			for _, match := range testName.FindAllStringSubmatch(string(data), -1) {
				known[folder+"."+match[1]] = true
			}
		}
	}
	searched := map[string]bool{}
	for id, proof := range asvs {
		if reason, ok := strings.CutPrefix(proof, "why: "); ok {
			if len(reason) < 20 {
				t.Errorf("%s: %q is no reason", id, reason)
			}
			continue
		}
		tests := strings.Fields(proof)
		if len(tests) == 0 {
			t.Errorf("%s has neither a test nor a reason", id)
		}
		for _, test := range tests {
			folder, name, _ := strings.Cut(test, ".")
			dir := filepath.Join("..", folder)
			if strings.HasPrefix(folder, "/") {
				dir = filepath.Join("..", "..", folder)
			}
			if !searched[dir] {
				searched[dir] = true
				find(dir)
			}
			if !known[dir+"."+name] {
				t.Errorf("%s: there is no %s", id, test)
			}
		}
	}
}
