;;; workers-ai-tests.el --- Tests of workers-ai without a server  -*- lexical-binding: t; -*-

;; emacs -Q --batch -L ../lisp -l workers-ai-tests.el -f ert-run-tests-batch-and-exit

;;; Code:

(defvar comp-enable-subr-trampolines)
(defvar native-comp-enable-subr-trampolines)
(setq comp-enable-subr-trampolines nil
      native-comp-enable-subr-trampolines nil)

(require 'ert)
(require 'workers-ai)

(defmacro workers-ai-tests-with (program &rest body)
  "Run BODY with PROGRAM found for rass, and without warnings on the screen."
  (declare (indent 1))
  `(let ((workers-ai-program "/opt/bin/workers-ai-ls") (workers-ai--said nil) (warned nil))
     (ignore warned)
     (cl-letf (((symbol-function 'workers-ai--rass) (lambda () ,program))
               ((symbol-function 'display-warning)
                (lambda (_type text &rest _) (push text warned))))
       ,@body)))

(defun workers-ai-tests-command (contact)
  "The words of CONTACT before its keywords."
  (seq-take-while #'stringp contact))

(defun workers-ai-tests-options (contact)
  "The initialization options of CONTACT."
  (funcall (plist-get (seq-drop-while #'stringp contact) :initializationOptions) 'server))

;;;; What Eglot starts

(ert-deftest workers-ai-tests-another-server-comes-first ()
  (workers-ai-tests-with "/bin/rass"
    (should (equal (workers-ai-tests-command (workers-ai-eglot-contact '("pylsp" "-v")))
                   '("/bin/rass" "--" "pylsp" "-v" "--" "/opt/bin/workers-ai-ls")))))

(ert-deftest workers-ai-tests-options-of-each-server-reach-it-alone ()
  (workers-ai-tests-with "/bin/rass"
    (dolist (theirs (list '(:staticcheck t) (lambda (_server) '(:staticcheck t))))
      (let* ((contact (workers-ai-eglot-contact (list "gopls" :initializationOptions theirs
                                                      :more 1)))
             (options (plist-get (workers-ai-tests-options contact) :rass)))
        (should (equal (plist-get options :workers-ai-ls) workers-ai--options))
        (should (equal (plist-get options :.*) '(:staticcheck t)))
        ;; The first that matches counts.
        (should (eq (car options) :workers-ai-ls))
        (should (equal (plist-get (seq-drop-while #'stringp contact) :more) 1))))))

(ert-deftest workers-ai-tests-a-contact-is-not-changed-in-place ()
  (workers-ai-tests-with "/bin/rass"
    (let ((contact (list "gopls" :initializationOptions '(:a 1))))
      (workers-ai-eglot-contact contact)
      (should (equal contact '("gopls" :initializationOptions (:a 1)))))))

(ert-deftest workers-ai-tests-a-multiplexer-gets-one-server-more ()
  (workers-ai-tests-with "/bin/rass"
    (should (equal (workers-ai-tests-command (workers-ai-eglot-contact '("rass" "python")))
                   '("rass" "python" "--" "/opt/bin/workers-ai-ls")))))

(ert-deftest workers-ai-tests-what-names-us-is-left-alone ()
  (workers-ai-tests-with "/bin/rass"
    (dolist (contact '(("workers-ai-ls") ("rass" "--" "ruff" "server" "--" "workers-ai-ls")
                       ("/opt/bin/workers-ai-ls" :initializationOptions nil) nil))
      (should (equal (workers-ai-eglot-contact contact) contact)))))

(ert-deftest workers-ai-tests-a-function-is-composed-when-it-is-called ()
  (workers-ai-tests-with "/bin/rass"
    (should (equal (workers-ai-tests-command
                    (funcall (workers-ai-eglot-contact (lambda () '("pylsp")))))
                   '("/bin/rass" "--" "pylsp" "--" "/opt/bin/workers-ai-ls")))))

(ert-deftest workers-ai-tests-a-network-is-left-alone-and-told-of-once ()
  (workers-ai-tests-with "/bin/rass"
    (dolist (contact '(("localhost" 4000) ("clangd" :autoport) (:process ignore)
                       ("localhost" 4000)))
      (should (equal (workers-ai-eglot-contact contact) contact)))
    (should (= (length warned) 1))
    (should (string-match-p "use lsp-mode there" (car warned)))))

(ert-deftest workers-ai-tests-without-rass-nothing-changes-and-it-is-told-once ()
  (workers-ai-tests-with nil
    (dotimes (_ 2)
      (should (equal (workers-ai-eglot-contact '("pylsp")) '("pylsp"))))
    (should (= (length warned) 1))
    (should (string-match-p "pipx install rassumfrassum" (car warned)))))

(defun workers-ai-tests-guess (programs)
  "What Eglot guesses for a Python buffer with PROGRAMS as `eglot-server-programs'."
  (with-temp-buffer
    (setq buffer-file-name "/tmp/x.py"
          major-mode 'python-mode)
    (let ((eglot-server-programs programs) (workers-ai-program "emacs-test-program"))
      (cl-letf (((symbol-function 'executable-find)
                 (lambda (name &rest _)
                   (and (member name '("emacs-test-program" "there")) name)))
                ((symbol-function 'workers-ai--rass) (lambda () "rass")))
        (prog1 (nth 3 (eglot--guess-contact))
          (set-buffer-modified-p nil))))))

(ert-deftest workers-ai-tests-eglot-guesses-both-or-ours-alone ()
  (require 'eglot)
  (let ((both '("rass" "--" "there" "--" "emacs-test-program")))
    (dolist (entry (list '("there") (lambda (&rest _) '("there"))
                         (eglot-alternatives '("absent" "there"))))
      (should (equal (workers-ai-tests-command
                      (workers-ai-tests-guess (list (cons 'python-mode entry))))
                     both)))
    (dolist (programs (list nil '((python-mode . ("absent")))
                            (list (cons 'python-mode (eglot-alternatives '("absent" "gone"))))))
      (should (equal (workers-ai-tests-command (workers-ai-tests-guess programs))
                     '("emacs-test-program"))))
    (let ((workers-ai-eglot nil))
      (should (equal (workers-ai-tests-guess '((python-mode . ("there")))) '("there"))))))

;;;; What the server says

(defun workers-ai-tests-answer (&rest params)
  "Take an answer of PARAMS."
  (workers-ai--take nil "$/workers-ai/answer" params))

(defun workers-ai-tests-text (name)
  "The text of the buffer NAME."
  (with-current-buffer name
    (buffer-substring-no-properties (point-min) (point-max))))

(ert-deftest workers-ai-tests-an-answer-grows-and-is-replaced ()
  (let ((name "*workers-ai: explain*"))
    (workers-ai-tests-answer :token "1" :action "explain" :delta "Grü")
    (workers-ai-tests-answer :token "1" :action "explain" :delta "ße 🦄")
    (should (equal (workers-ai-tests-text name) "Grüße 🦄"))
    ;; Another one at the same time.
    (workers-ai-tests-answer :token "2" :action "explain" :delta "b")
    (should (equal (workers-ai-tests-text (concat name "<2>")) "b"))
    (workers-ai-tests-answer :token "1" :action "explain" :text "")
    (workers-ai-tests-answer :token "1" :action "explain" :delta "again")
    (should (equal (workers-ai-tests-text name) "again"))
    (workers-ai-tests-answer :token "1" :action "explain" :text "Again.\n")
    (should (equal (workers-ai-tests-text name) "Again.\n"))
    (workers-ai-tests-answer :token "3" :action "explain" :delta "c")
    (should (equal (workers-ai-tests-text name) "c"))
    (with-current-buffer name
      (should buffer-read-only)
      (should (eq (key-binding "q") #'quit-window)))
    (kill-buffer name)
    (kill-buffer (concat name "<2>"))))

(ert-deftest workers-ai-tests-what-becomes-an-edit-is-not-shown ()
  (workers-ai-tests-answer :token "4" :action "refactor" :delta "x")
  (should-not (get-buffer "*workers-ai: refactor*")))

(ert-deftest workers-ai-tests-both-clients-read-objects ()
  (let ((object (make-hash-table :test #'equal)))
    (puthash "job" 3 object)
    (should (equal (workers-ai--get object "job") 3))
    (should (equal (workers-ai--get '(:job 3) "job") 3))))

(defun workers-ai-tests-progress (token &rest value)
  "Take progress of TOKEN with VALUE."
  (workers-ai--take nil "$/progress" (list :token token :value value)))

(ert-deftest workers-ai-tests-the-status-tells-of-our-jobs-only ()
  (let ((workers-ai--running nil))
    (workers-ai-tests-progress "a" :kind "begin" :title "AI: Refactor")
    (workers-ai-tests-progress "x" :kind "begin" :title "Indexing" :message "100%")
    (should (equal (workers-ai-status) "AI: Refactor"))
    (workers-ai-tests-progress "a" :kind "report" :message "50%")
    (workers-ai-tests-progress "b" :kind "begin" :title "AI: Explain")
    (should (equal (workers-ai-status) "AI: Refactor: 50% · AI: Explain"))
    (should (equal (workers-ai--mode-line) " AI: Refactor: 50%% · AI: Explain "))
    (workers-ai-tests-progress "a" :kind "end")
    (workers-ai-tests-progress "b" :kind "end" :message "done")
    (should (equal (workers-ai-status) ""))))

(ert-deftest workers-ai-tests-uris-are-file-names ()
  (should (equal (workers-ai--path "file:///home/a%20b/Gr%C3%BC%C3%9Fe.py") "/home/a b/Grüße.py"))
  (should (equal (workers-ai--path "file:///c%3A/x.py") "c:/x.py")))

;;;; What goes to the server

(ert-deftest workers-ai-tests-positions-count-utf-16 ()
  (with-temp-buffer
    (insert "x\nü🦄y")
    (should (equal (workers-ai--position (point-max)) '(:line 1 :character 4)))))

(ert-deftest workers-ai-tests-whole-lines-of-the-region ()
  (with-temp-buffer
    (transient-mark-mode 1)
    (insert "a\nb\nc\n")
    (goto-char 3)
    (should (equal (workers-ai--lines) '(2 2)))
    (push-mark 3 t t)
    (goto-char (point-max))
    (should (equal (workers-ai--lines) '(2 3)))
    (narrow-to-region 3 (point-max))
    (should (equal (workers-ai--lines) '(2 3)))))

(ert-deftest workers-ai-tests-diagnostics-of-flymake-go-along ()
  (require 'flymake)
  (with-temp-buffer
    (insert "one\ntwo\nthree\n")
    (let* ((report (lambda (report-fn &rest _)
                     (funcall report-fn
                              (list (flymake-make-diagnostic (current-buffer) 5 8 :warning
                                                             "odd 🦄")))))
           (flymake-no-changes-timeout nil)
           (flymake-start-on-flymake-mode nil))
      (setq-local flymake-diagnostic-functions (list report))
      (flymake-mode 1)
      (flymake-start)
      (should (equal (workers-ai--diagnostics 5 8)
                     '((:range (:start (:line 1 :character 0) :end (:line 1 :character 3))
                        :severity 2 :message "odd 🦄"))))
      (should-not (workers-ai--diagnostics 9 12)))))

(ert-deftest workers-ai-tests-settings-of-a-project-go-first ()
  (cl-letf (((symbol-function 'workers-ai--eglot-ours-p) #'identity))
    (let ((workers-ai-settings '(:apply "preview" :model "m")))
      (should (equal (workers-ai--eglot-configuration
                      (lambda (_) '(:pylsp (:a 1) :workersAI (:model "theirs"))) t)
                     '(:pylsp (:a 1) :workersAI (:apply "preview" :model "theirs"))))
      (should (equal workers-ai-settings '(:apply "preview" :model "m")))
      (should (equal (workers-ai--initialization-options)
                     '(:streamAnswers t :showEdits t :changesFirst t
                       :workersAI (:apply "preview" :model "m")))))))

(ert-deftest workers-ai-tests-a-model-of-the-environment-stays ()
  (let ((process-environment (cons "WORKERS_AI_MODEL=@cf/x" process-environment))
        (workers-ai-settings nil))
    (should-error (workers-ai-model "@cf/y") :type 'user-error)
    (should-not workers-ai-settings)))

(ert-deftest workers-ai-tests-commands-need-a-file ()
  (with-temp-buffer
    (should-error (workers-ai-explain) :type 'user-error)
    (should-error (workers-ai-edit " ") :type 'user-error)
    (should-error (workers-ai-quit-proposal) :type 'user-error)))

;;;; Leaving

(ert-deftest workers-ai-tests-unloading-leaves-nothing-behind ()
  (unwind-protect
      (progn
        (unload-feature 'workers-ai t)
        (dolist (function '(eglot--guess-contact eglot--workspace-configuration-plist
                            eglot-handle-request eglot-handle-notification lsp))
          (let ((left nil))
            (advice-mapc (lambda (advice _) (push advice left)) function)
            (should-not left)))
        (should-not (seq-find (lambda (part) (string-search "workers-ai" (format "%s" part)))
                              (default-value 'mode-line-misc-info)))
        (should-not (seq-filter (lambda (each) (string-prefix-p "workers-ai" (symbol-name each)))
                                (append eglot-managed-mode-hook lsp-after-open-hook)))
        (should-not (seq-filter (lambda (each)
                                  (and (not (string-prefix-p "workers-ai-tests" (symbol-name each)))
                                       (string-prefix-p "workers-ai" (symbol-name each))))
                                features))
        (should-not (fboundp 'workers-ai-explain)))
    (require 'workers-ai))
  (should (fboundp 'workers-ai-explain))
  (should (advice-member-p 'workers-ai--lsp-register 'lsp)))

(provide 'workers-ai-tests)
;;; workers-ai-tests.el ends here
