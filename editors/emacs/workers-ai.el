;;; workers-ai.el --- Explain, refactor, edit and test code by a model  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors

;; Author: The workers-ai-language-server authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (transient "0.3.7"))
;; Keywords: tools, languages, convenience
;; URL: https://developers.cloudflare.com/workers-ai/
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The language server `workers-ai-ls' explains, refactors, edits and tests the code of any
;; language, answered by Cloudflare Workers AI or by any endpoint that speaks OpenAI's protocol.
;; This package makes it at home in Emacs.  (require 'workers-ai) is all that there is to set up:
;; no keys are taken, and M-x workers-ai shows a menu of what can be done here.
;;
;; There are two LSP clients, and both keep their own servers:
;;
;; - lsp-mode runs several servers in a buffer; this one is registered as an add-on.
;; - Eglot runs one server in a buffer.  The one that it finds is started beside ours behind
;;   `rass', a multiplexer by Eglot's author (rassumfrassum 0.3.5 or newer).  Where Eglot finds
;;   none, ours runs alone.  `eglot-server-programs' is not changed: what Eglot guesses is composed
;;   as it is asked for (`workers-ai-eglot-contact').
;;
;; How it works.  A command sends `workspace/executeCommand' and does not wait; what comes of it
;; comes later, as an edit or as a notification of one of two kinds, which the server sends because
;; our initialization options ask for them.  `$/workers-ai/answer' is a part of an explanation; it
;; goes to a buffer of its own, beside the code.  `$/workers-ai/edit' is a file as an edit would
;; make it, which is compared in Ediff with the file as it is.
;;
;; Eglot tells servers of what is typed only when nothing was typed for a while.  It is made to do
;; so before each edit and each command of ours, so that no edit lands in the wrong lines.

;;; Code:

(require 'cl-lib)
(require 'seq)
(require 'subr-x)
(require 'transient)
(require 'url-util)

;; The clients are loaded by their users, if at all.
(defvar eglot--servers-by-project)
(defvar eglot-server-programs)
(defvar lsp--cur-workspace)
(defvar lsp-progress-function)
(declare-function eglot--capabilities "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function eglot-current-server "eglot")
(declare-function eglot-ensure "eglot")
(declare-function eglot-managed-p "eglot")
(declare-function eglot-signal-didChangeConfiguration "eglot")
(declare-function flycheck-error-level "ext:flycheck")
(declare-function flycheck-error-message "ext:flycheck")
(declare-function flycheck-error-region-for-mode "ext:flycheck")
(declare-function flycheck-overlay-errors-in "ext:flycheck")
(declare-function flymake-diagnostic-beg "flymake")
(declare-function flymake-diagnostic-end "flymake")
(declare-function flymake-diagnostic-text "flymake")
(declare-function flymake-diagnostic-type "flymake")
(declare-function flymake-diagnostics "flymake")
(declare-function jsonrpc-async-request "jsonrpc")
(declare-function lsp--client-server-id "ext:lsp-mode")
(declare-function lsp--workspace-client "ext:lsp-mode")
(declare-function lsp--workspace-status "ext:lsp-mode")
(declare-function lsp-find-workspace "ext:lsp-mode")
(declare-function lsp-notify "ext:lsp-mode")
(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-request-async "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp-workspaces "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(defvar ediff-mode-map)
(declare-function ediff-buffers "ediff")
(declare-function ediff-really-quit "ediff-util")

;;;; Options

(defgroup workers-ai nil
  "Explain, refactor, edit and test code by a model."
  :group 'tools
  :prefix "workers-ai-"
  :link '(emacs-commentary-link "workers-ai"))

(defcustom workers-ai-program "workers-ai-ls"
  "The program that is the language server."
  :type 'string)

(defcustom workers-ai-rass-program "rass"
  "The program that lets Eglot run two servers in a buffer."
  :type 'string)

(defcustom workers-ai-eglot t
  "Whether Eglot runs this server too, beside the one that it would run without."
  :type 'boolean)

(defcustom workers-ai-lsp-mode t
  "Whether `lsp-mode' runs this server too, as an add-on."
  :type 'boolean)

(defcustom workers-ai-client nil
  "Which client a command starts in a buffer that has none.
If nil, it is `lsp-mode' when that is loaded, and else Eglot."
  :type '(choice (const :tag "The one in use" nil) (const eglot) (const lsp-mode)))

(defcustom workers-ai-settings nil
  "Settings of the server, a plist such as (:apply \"preview\").
The server's README lists them; those of a group are written with a
dot, as :actions.tests.  False is :json-false."
  :type '(plist :key-type symbol :value-type sexp)
  :set (lambda (symbol value)
         (set-default symbol value)
         (when (fboundp 'workers-ai-send-settings)
           (workers-ai-send-settings))))

(defcustom workers-ai-mode-line t
  "Whether the mode line shows what the model is doing.
Consulted when this package is loaded; see also `workers-ai-status'."
  :type 'boolean)

(defcustom workers-ai-display-action
  '((display-buffer-reuse-window display-buffer-pop-up-window display-buffer-use-some-window)
    (inhibit-same-window . t))
  "Where explanations are shown, as for `display-buffer'."
  :type 'sexp)

;;;; Connections

;; A connection is (eglot . SERVER) or (lsp-mode . WORKSPACE).

(defconst workers-ai--options '(:streamAnswers t :showEdits t :changesFirst t)
  "What the server does for this package only.")

(defun workers-ai--initialization-options ()
  "Return the options to start the server with."
  (append workers-ai--options
          (and workers-ai-settings (list :workersAI workers-ai-settings))))

(defun workers-ai--eglot-p ()
  "Return non-nil if Eglot is loaded and has all that is used here."
  (and (featurep 'eglot)
       (fboundp 'eglot--capabilities)
       (fboundp 'eglot--guess-contact)
       (fboundp 'eglot--signal-textDocument/didChange)
       (fboundp 'eglot--TextDocumentIdentifier)
       (fboundp 'eglot--workspace-configuration-plist)
       (fboundp 'eglot-current-server)
       (fboundp 'eglot-ensure)
       (fboundp 'eglot-handle-notification)
       (fboundp 'eglot-handle-request)
       (fboundp 'eglot-managed-p)
       (fboundp 'eglot-signal-didChangeConfiguration)))

(defun workers-ai--eglot-ours-p (server)
  "Whether our server works in Eglot's SERVER, alone or behind another program."
  (and server
       (seq-some (lambda (command) (string-prefix-p "workers-ai." command))
                 (plist-get (plist-get (eglot--capabilities server) :executeCommandProvider)
                            :commands))))

(defun workers-ai--lsp-ours-p (workspace)
  "Whether the WORKSPACE of `lsp-mode' is one of our server."
  (eq (lsp--client-server-id (lsp--workspace-client workspace)) 'workers-ai))

(defun workers-ai--connections ()
  "All connections to our server, the one of this buffer first."
  (append
   (when (featurep 'lsp-mode)
     (mapcar (lambda (workspace) (cons 'lsp-mode workspace))
             (delq nil (append (seq-filter #'workers-ai--lsp-ours-p (lsp-workspaces))
                               (list (lsp-find-workspace 'workers-ai nil))))))
   (when (workers-ai--eglot-p)
     (mapcar (lambda (server) (cons 'eglot server))
             (seq-filter #'workers-ai--eglot-ours-p
                         (cons (eglot-current-server)
                               (apply #'append
                                      (hash-table-values eglot--servers-by-project))))))))

(defun workers-ai--connection ()
  "The connection of this buffer, or nil."
  (cond ((and (featurep 'lsp-mode) (bound-and-true-p lsp-mode))
         (when-let ((workspace (seq-find #'workers-ai--lsp-ours-p (lsp-workspaces))))
           (and (eq (lsp--workspace-status workspace) 'initialized)
                (cons 'lsp-mode workspace))))
        ((and (workers-ai--eglot-p) (eglot-managed-p)
              (workers-ai--eglot-ours-p (eglot-current-server)))
         (cons 'eglot (eglot-current-server)))))

(defun workers-ai--tell-changes (&rest _)
  "Have Eglot tell its servers of everything that was typed."
  (when (workers-ai--eglot-p)
    (dolist (buffer (buffer-list))
      (with-current-buffer buffer
        (when (eglot-managed-p)
          (eglot--signal-textDocument/didChange))))))

(defun workers-ai--request (connection method params &optional then)
  "Send a request of METHOD with PARAMS over CONNECTION, and don't wait for it.
THEN is called without arguments when it is answered in any way."
  (let ((then (or then #'ignore)))
    (pcase connection
      (`(eglot . ,server)
       (workers-ai--tell-changes)
       (jsonrpc-async-request server (intern (concat ":" method)) params
                              :success-fn (lambda (_) (funcall then))
                              :error-fn (lambda (&rest _) (funcall then))
                              :timeout-fn (lambda () (funcall then))))
      (`(lsp-mode . ,workspace)
       (let ((lsp--cur-workspace workspace))
         (lsp-request-async method params (lambda (_) (funcall then))
                            :mode 'detached
                            :error-handler (lambda (&rest _) (funcall then))))))))

(defun workers-ai--execute (connection command &rest arguments)
  "Have the server at CONNECTION run COMMAND, without its prefix, with ARGUMENTS."
  (workers-ai--request connection "workspace/executeCommand"
                       (list :command (concat "workers-ai." command)
                             :arguments (vconcat arguments))))

(defun workers-ai-send-settings ()
  "Send `workers-ai-settings' to the servers that run."
  (interactive)
  (pcase-dolist (`(,client . ,server) (delete-dups (workers-ai--connections)))
    (if (eq client 'eglot)
        (eglot-signal-didChangeConfiguration server)
      (let ((lsp--cur-workspace server))
        (lsp-notify "workspace/didChangeConfiguration"
                    (list :settings (list :workersAI workers-ai-settings)))))))

;;;; Warnings that are given once

(defvar workers-ai--said nil "Warnings that were given.")

(defun workers-ai--say-once (format &rest arguments)
  "Warn by FORMAT and ARGUMENTS, unless that was done before."
  (let ((sentence (apply #'format-message format arguments)))
    (unless (member sentence workers-ai--said)
      (push sentence workers-ai--said)
      (display-warning 'workers-ai sentence :warning))))

;;;; Eglot

(defun workers-ai--rass ()
  "Return the path of `workers-ai-rass-program', or nil.
An Emacs that a desktop has started may lack the PATH of the shell."
  (let* ((program (executable-find workers-ai-program))
         (beside (and program (file-name-directory (file-truename program))))
         ;; Where pipx and uv put programs.
         (exec-path (append exec-path (and beside (list beside))
                            (list (expand-file-name "~/.local/bin/")))))
    (executable-find workers-ai-rass-program)))

(defun workers-ai--names-us-p (contact)
  "Return non-nil if our server is already in CONTACT."
  (and (consp contact)
       (seq-some (lambda (word) (and (stringp word)
                                     (or (equal word workers-ai-program)
                                         (string-match-p "workers-ai-ls" word))))
                 contact)))

(defun workers-ai--alone ()
  "The contact of our server alone."
  (list workers-ai-program :initializationOptions (workers-ai--initialization-options)))

(defun workers-ai--both-options (theirs)
  "Return initialization options for two servers behind rass.
THEIRS are those of the other one.  Rass knows servers by regular
expressions, of which the first counts that fits a server's name."
  (let ((ours (intern (concat ":" (file-name-nondirectory workers-ai-program)))))
    (list :rass (append (list ours (workers-ai--initialization-options))
                        (and theirs (list :.* theirs))))))

(defun workers-ai--beside (contact rass)
  "The CONTACT of another server with ours beside it, by the program RASS."
  (let* ((keys (seq-position contact nil (lambda (word _) (keywordp word))))
         (command (if keys (seq-take contact keys) contact))
         (more (copy-sequence (and keys (seq-drop contact keys))))
         (theirs (plist-get more :initializationOptions))
         (multiplexed (string-match-p "\\`rass\\(?:\\.exe\\)?\\'"
                                      (file-name-nondirectory (car command)))))
    (append (if multiplexed command (append (list rass "--") command))
            (list "--" workers-ai-program)
            (plist-put more :initializationOptions
                       (lambda (server)
                         (workers-ai--both-options
                          (if (functionp theirs) (funcall theirs server) theirs)))))))

(defun workers-ai-eglot-contact (contact)
  "Return a contact for the server of Eglot's CONTACT and ours beside it.
Call it in entries of `eglot-server-programs' of your own if
`workers-ai-eglot' is nil."
  (cond ((or (null contact) (workers-ai--names-us-p contact)) contact)
        ((functionp contact) (lambda () (workers-ai-eglot-contact (funcall contact))))
        ((not (and (stringp (car-safe contact))
                   (not (integerp (cadr contact)))
                   (not (seq-some (lambda (word) (eq (or (car-safe word) word) :autoport))
                                  contact))))
         (workers-ai--say-once "Eglot speaks to the server of `%s' by a network or in a way of its \
own, so workers-ai-ls cannot run beside it; use lsp-mode there."
                               major-mode)
         contact)
        ((workers-ai--rass) (workers-ai--beside contact (workers-ai--rass)))
        (t (workers-ai--say-once "Eglot runs one server in a buffer, so workers-ai-ls needs the \
program `%s' to run beside `%s': run \"pipx install rassumfrassum\", then M-x eglot-reconnect."
                                 workers-ai-rass-program (car contact))
           contact)))

(defun workers-ai--installed-p (guessed)
  "Whether the server is installed that Eglot has GUESSED."
  (pcase (nth 3 guessed)
    (`(,(and (pred stringp) program) . ,rest)
     (or (integerp (car rest)) (executable-find program)))
    (contact contact)))

(defun workers-ai--eglot-guess (guess &rest arguments)
  "Have Eglot start our server too.  Around `eglot--guess-contact'.
GUESS is the function itself, and ARGUMENTS are what it is given."
  (cond
   ((not (and workers-ai-eglot buffer-file-name (not (file-remote-p default-directory))))
    (apply guess arguments))
   ((not (executable-find workers-ai-program))
    (workers-ai--say-once "The program `%s' was not found: install it, or set \
`workers-ai-program' to its path." workers-ai-program)
    (apply guess arguments))
   ((or current-prefix-arg (workers-ai--installed-p (ignore-errors (funcall guess))))
    (let ((guessed (copy-sequence (apply guess arguments))))
      (setf (nth 3 guessed) (workers-ai-eglot-contact (nth 3 guessed)))
      guessed))
   (t (let ((eglot-server-programs (list (cons major-mode (workers-ai--alone)))))
        (apply guess arguments)))))

(defun workers-ai--eglot-configuration (ask server &rest arguments)
  "Add our settings to those of SERVER, from ASK with ARGUMENTS.
Around `eglot--workspace-configuration-plist'."
  (let ((found (apply ask server arguments)))
    (if (and workers-ai-settings (listp found) (listp (plist-get found :workersAI))
             (workers-ai--eglot-ours-p server))
        (let ((ours (copy-sequence workers-ai-settings)))
          ;; What is set for the project goes before it.
          (cl-loop for (key value) on (plist-get found :workersAI) by #'cddr
                   do (setq ours (plist-put ours key value)))
          (plist-put (copy-sequence found) :workersAI ours))
      found)))

(defun workers-ai--eglot-asked (answer server method &rest params)
  "Have the servers know the text both before and after an edit.
Around `eglot-handle-request': ANSWER takes SERVER, METHOD and PARAMS."
  (if (not (eq method 'workspace/applyEdit))
      (apply answer server method params)
    (workers-ai--tell-changes)
    (prog1 (apply answer server method params)
      ;; An undo that came before would leave nothing to tell of.
      (workers-ai--tell-changes))))

(defun workers-ai--eglot-told (server method &rest params)
  "Take METHOD with PARAMS, if it is of ours, from SERVER.
Before `eglot-handle-notification'."
  (when (string-prefix-p "$/" (symbol-name method))
    (workers-ai--take (cons 'eglot server) (symbol-name method) params)))

;; Advice waits for functions that are not there yet, so Eglot need not be loaded.
(advice-add 'eglot--guess-contact :around #'workers-ai--eglot-guess)
(advice-add 'eglot--workspace-configuration-plist :around #'workers-ai--eglot-configuration)
(advice-add 'eglot-handle-request :around #'workers-ai--eglot-asked)
(advice-add 'eglot-handle-notification :before #'workers-ai--eglot-told)

;;;; lsp-mode

(defvar workers-ai--lsp-registered nil "Whether `lsp-mode' knows our server.")

(defun workers-ai--lsp-handler (method)
  "Return a handler of `lsp-mode' for notifications of METHOD."
  (lambda (workspace params)
    (workers-ai--take (cons 'lsp-mode workspace) method params)
    (when (equal method "$/progress")
      (funcall lsp-progress-function workspace params))))

(defun workers-ai--lsp-handlers ()
  "Return the handlers of `lsp-mode' for our notifications, by method."
  (let ((handlers (make-hash-table :test #'equal)))
    (dolist (method '("$/workers-ai/answer" "$/workers-ai/edit" "$/progress") handlers)
      (puthash method (workers-ai--lsp-handler method) handlers))))

(defun workers-ai--lsp-register (&rest _)
  "Have `lsp-mode' run our server too.  Before `lsp'."
  (when (and workers-ai-lsp-mode (not workers-ai--lsp-registered) (require 'lsp-mode nil t))
    (setq workers-ai--lsp-registered t)
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection (lambda () (list workers-ai-program)))
      :activation-fn (lambda (_file _mode) (derived-mode-p 'prog-mode))
      :add-on? t
      :server-id 'workers-ai
      :initialization-options #'workers-ai--initialization-options
      :notification-handlers (workers-ai--lsp-handlers)))))

(advice-add 'lsp :before #'workers-ai--lsp-register)

;;;; What the server says

(defun workers-ai--get (object key)
  "Return the member KEY, a string, of a JSON OBJECT of either client."
  (if (hash-table-p object)
      (gethash key object)
    (plist-get object (intern (concat ":" key)))))

(defun workers-ai--take (connection method params)
  "Take a notification of METHOD with PARAMS from CONNECTION."
  (pcase method
    ("$/workers-ai/answer" (workers-ai--take-answer params))
    ("$/workers-ai/edit" (workers-ai--take-edit connection params))
    ("$/progress" (workers-ai--take-progress params))))

(defvar workers-ai--running nil
  "What runs, as an alist from tokens to (TITLE . MESSAGE).")

(defun workers-ai--take-progress (params)
  "Remember how a job stands, of which PARAMS tell."
  (let* ((token (workers-ai--get params "token"))
         (value (workers-ai--get params "value"))
         (known (assoc token workers-ai--running))
         (title (or (workers-ai--get value "title") (cadr known))))
    ;; Behind a multiplexer other servers tell of their progress, too.
    (when (and title (string-prefix-p "AI: " title))
      (setq workers-ai--running (delq known workers-ai--running))
      (if (equal (workers-ai--get value "kind") "end")
          (workers-ai--end-answer token)
        (push (cons token (cons title (or (workers-ai--get value "message") (cddr known) "")))
              workers-ai--running))
      (force-mode-line-update t))))

(defun workers-ai-status ()
  "What the model is doing, in words; empty while it does nothing."
  (mapconcat (pcase-lambda (`(,_token ,title . ,message))
               (if (string-empty-p message) title (concat title ": " message)))
             (reverse workers-ai--running) " · "))

(defun workers-ai--mode-line ()
  "The status with space around it, as a part of the mode line."
  (let ((status (workers-ai-status)))
    (if (string-empty-p status)
        ""
      (concat " " (string-replace "%" "%%" status) " "))))

(defconst workers-ai--mode-line-part '(:eval (workers-ai--mode-line)))

(when workers-ai-mode-line
  (add-to-list 'mode-line-misc-info workers-ai--mode-line-part t))

;;;; Explanations

(define-minor-mode workers-ai-answer-mode
  "A buffer with an answer of the model.
\\{workers-ai-answer-mode-map}"
  :keymap (let ((map (make-sparse-keymap)))
            (define-key map (kbd "q") #'quit-window)
            map)
  (setq buffer-read-only workers-ai-answer-mode)
  (when workers-ai-answer-mode
    (visual-line-mode)))

(defvar-local workers-ai--token nil "The token of the answer that still grows here.")

(defun workers-ai--answer-buffer (token action)
  "Return (BUFFER . NEW) for the answer with TOKEN to ACTION."
  (let* ((name (format "*workers-ai: %s*" action))
         (growing (seq-find (lambda (buffer)
                              (equal (buffer-local-value 'workers-ai--token buffer) token))
                            (buffer-list)))
         (last (get-buffer name)))
    (cond (growing (cons growing nil))
          ((and last (null (buffer-local-value 'workers-ai--token last))) (cons last t))
          (t (cons (generate-new-buffer name) t)))))

(defun workers-ai--markdown ()
  "Turn a mode for reading Markdown on, if there is one."
  (require 'markdown-mode nil t)
  (cond ((fboundp 'gfm-view-mode) (gfm-view-mode))
        ((fboundp 'markdown-view-mode) (markdown-view-mode))
        (t (text-mode))))

(defun workers-ai--begin-answer (buffer token)
  "Empty BUFFER for the answer with TOKEN, and show it where nobody works."
  (with-current-buffer buffer
    (let ((inhibit-read-only t))
      (erase-buffer))
    (workers-ai--markdown)
    (workers-ai-answer-mode)
    (setq buffer-undo-list t
          workers-ai--token token))
  (display-buffer buffer workers-ai-display-action))

(defun workers-ai--follow ()
  "Show the end of this buffer, except in the window of a person who is reading."
  (dolist (window (get-buffer-window-list nil nil t))
    (unless (eq window (selected-window))
      (set-window-point window (point-max)))))

(defun workers-ai--take-answer (params)
  "Show a part of an answer, or all of it, that PARAMS hold."
  (let ((token (workers-ai--get params "token"))
        (action (workers-ai--get params "action"))
        (delta (workers-ai--get params "delta"))
        (text (workers-ai--get params "text")))
    ;; What other actions answer becomes an edit.
    (when (member action '("explain" "prompt"))
      (pcase-let ((`(,buffer . ,new) (workers-ai--answer-buffer token action)))
        (when new
          (workers-ai--begin-answer buffer token))
        (with-current-buffer buffer
          (let ((inhibit-read-only t))
            (cond (delta (save-excursion (goto-char (point-max)) (insert delta))
                         (workers-ai--follow))
                  ;; Who is reading stays where he is.
                  ((not (equal (string-trim-right text) (string-trim-right (buffer-string))))
                   (erase-buffer)
                   (insert text)
                   (goto-char (point-min)))))
          (set-buffer-modified-p nil)
          (unless (or delta (string-empty-p text))
            (setq workers-ai--token nil)))))))

(defun workers-ai--end-answer (token)
  "Take the answer with TOKEN for complete."
  (dolist (buffer (buffer-list))
    (when (equal (buffer-local-value 'workers-ai--token buffer) token)
      (with-current-buffer buffer
        (setq workers-ai--token nil)))))

;;;; Edits to look at first

(cl-defstruct (workers-ai--proposal (:constructor workers-ai--proposal-new)
                                    (:copier nil))
  "An edit that waits, and where it is shown."
  connection job text buffer shown control windows)

(defvar workers-ai--proposal nil "The edit that is being looked at, or nil.")

(defun workers-ai--path (uri)
  "The name of the file that URI means."
  (let* ((path (replace-regexp-in-string "\\`file://[^/]*" "" uri))
         (name (decode-coding-string (url-unhex-string path) 'utf-8)))
    ;; /c:/x on Windows
    (if (string-match-p "\\`/[A-Za-z]:" name) (substring name 1) name)))

(defun workers-ai--take-edit (connection params)
  "Have the edit in PARAMS, from CONNECTION, looked at."
  (let ((job (workers-ai--get params "job"))
        (uri (workers-ai--get params "uri"))
        (text (workers-ai--get params "text")))
    ;; Not within the process filter, in which nothing can be asked.
    (run-with-timer 0 nil #'workers-ai--look connection job (workers-ai--path uri)
                    (string-replace "\r\n" "\n" text))))

(defun workers-ai--look (connection job path text)
  "Compare the file at PATH with TEXT, the edit of JOB at CONNECTION."
  (if (active-minibuffer-window)
      (run-with-timer 0.5 nil #'workers-ai--look connection job path text)
    (workers-ai--close-proposal)
    (let* ((buffer (find-file-noselect path))
           (shown (generate-new-buffer
                   (format "*workers-ai: proposal for %s*" (file-name-nondirectory path))))
           (windows (current-window-configuration))
           (mode (buffer-local-value 'major-mode buffer)))
      (with-current-buffer shown
        (insert text)
        (delay-mode-hooks (funcall mode))
        (setq buffer-read-only t
              header-line-format "proposed by the model   C-c C-c: take all   b: take this \
change   C-c C-k: none   q: quit"))
      (setq workers-ai--proposal
            (workers-ai--proposal-new :connection connection :job job :text text :buffer buffer
                                      :shown shown :windows windows))
      (ediff-buffers buffer shown (list #'workers-ai--ediff-begun) 'workers-ai-proposal))))

(defun workers-ai--ediff-begun ()
  "Set up the control buffer of an Ediff session of ours."
  (setf (workers-ai--proposal-control workers-ai--proposal) (current-buffer))
  (define-key ediff-mode-map (kbd "C-c C-c") #'workers-ai-apply)
  (define-key ediff-mode-map (kbd "C-c C-k") #'workers-ai-discard)
  (define-key ediff-mode-map (kbd "q") #'workers-ai-quit-proposal)
  (let ((proposal workers-ai--proposal))
    (add-hook 'ediff-quit-hook
              (lambda () (run-with-timer 0 nil #'workers-ai--tidy proposal)) nil t)))

(defun workers-ai--tidy (proposal)
  "Take away what PROPOSAL needed, and show the windows that there were before."
  (when (eq workers-ai--proposal proposal)
    (setq workers-ai--proposal nil))
  (when (buffer-live-p (workers-ai--proposal-shown proposal))
    (kill-buffer (workers-ai--proposal-shown proposal))
    (set-window-configuration (workers-ai--proposal-windows proposal))))

(defun workers-ai--close-proposal ()
  "End the Ediff session of ours, if there is one."
  (when-let ((proposal workers-ai--proposal))
    (let ((control (workers-ai--proposal-control proposal)))
      (when (buffer-live-p control)
        (with-current-buffer control
          (ediff-really-quit nil))))
    (workers-ai--tidy proposal)))

(defun workers-ai--taken-p (proposal)
  "Whether the buffer is as PROPOSAL would make it."
  (let ((buffer (workers-ai--proposal-buffer proposal)))
    (and (buffer-live-p buffer)
         (with-current-buffer buffer
           (save-restriction
             (widen)
             (equal (buffer-substring-no-properties (point-min) (point-max))
                    (workers-ai--proposal-text proposal)))))))

(defun workers-ai--settle (command)
  "Run COMMAND, \"applyAnyway\" or \"discard\", for the edit that waits."
  (if-let ((proposal workers-ai--proposal))
      (let ((done (workers-ai--taken-p proposal)))
        (workers-ai--close-proposal)
        (workers-ai--execute (workers-ai--proposal-connection proposal)
                             ;; All of it was taken over by hand.
                             (if done "discard" command)
                             (list :job (workers-ai--proposal-job proposal))))
    (workers-ai--execute (workers-ai--any-connection) command)))

(defun workers-ai-apply ()
  "Make the whole edit that waits."
  (interactive)
  (workers-ai--settle "applyAnyway"))

(defun workers-ai-discard ()
  "Forget the edit that waits.  Its answer stays in the journal."
  (interactive)
  (workers-ai--settle "discard"))

(defun workers-ai-quit-proposal ()
  "Stop looking at an edit, after a question about it."
  (interactive)
  (cond ((null workers-ai--proposal) (user-error "No edit is being looked at"))
        ((workers-ai--taken-p workers-ai--proposal) (workers-ai-discard))
        (t (pcase (read-char-choice "The edit: (a)pply all, (k)eep for later, (d)iscard? "
                                    '(?a ?k ?d))
             (?a (workers-ai-apply))
             (?d (workers-ai-discard))
             (?k (workers-ai--close-proposal))))))

;;;; Diagnostics of all sources

(defun workers-ai--position (place)
  "The LSP position of PLACE in this buffer, in UTF-16."
  (save-excursion
    (goto-char place)
    (let ((before (buffer-substring-no-properties (line-beginning-position) place)))
      (list :line (1- (line-number-at-pos place t))
            :character (seq-reduce (lambda (sum char) (+ sum (if (> char #xffff) 2 1)))
                                   before 0)))))

(defun workers-ai--diagnostic (from to kind text)
  "Return an LSP diagnostic with TEXT about FROM to TO, of KIND."
  (list :range (list :start (workers-ai--position from) :end (workers-ai--position to))
        :severity (cond ((string-match-p "error" kind) 1)
                        ((string-match-p "warning" kind) 2)
                        (t 3))
        :message text))

(defun workers-ai--diagnostics (from to)
  "What Flymake and Flycheck show between FROM and TO, from whatever source."
  (append
   (when (bound-and-true-p flymake-mode)
     (mapcar (lambda (each)
               (workers-ai--diagnostic (flymake-diagnostic-beg each)
                                       (flymake-diagnostic-end each)
                                       (format "%s" (flymake-diagnostic-type each))
                                       (flymake-diagnostic-text each)))
             (flymake-diagnostics from to)))
   (when (bound-and-true-p flycheck-mode)
     (delq nil
           (mapcar (lambda (each)
                     (pcase (flycheck-error-region-for-mode each major-mode)
                       (`(,beginning . ,end)
                        (workers-ai--diagnostic beginning end
                                                (format "%s" (flycheck-error-level each))
                                                (or (flycheck-error-message each) "")))))
                   (flycheck-overlay-errors-in from to))))))

;;;; Commands

(defvar-local workers-ai--waiting nil
  "What is to be done here once there is a server, as (TIME . FUNCTION).")

(defconst workers-ai--patience 60
  "For how many seconds a command waits for the server to start.")

(defun workers-ai--start ()
  "Start a client in this buffer."
  (cond ((if workers-ai-client (eq workers-ai-client 'lsp-mode) (featurep 'lsp-mode)) (lsp))
        ((require 'eglot nil t) (eglot-ensure))
        (t (user-error "There is no LSP client: install Eglot or lsp-mode"))))

(declare-function lsp "ext:lsp-mode")

(defun workers-ai--with-server (do)
  "Call DO with the connection of this buffer, now or once there is one."
  (let ((connection (workers-ai--connection)))
    (cond (connection (funcall do connection))
          ((not buffer-file-name) (user-error "This buffer shows no file"))
          ((and (bound-and-true-p lsp-mode) (lsp-find-workspace 'workers-ai nil))
           ;; It is starting.
           (setq workers-ai--waiting (cons (float-time) do)))
          ((or (and (workers-ai--eglot-p) (eglot-managed-p)) (bound-and-true-p lsp-mode))
           (user-error "The servers of this buffer run without workers-ai-ls: see *Warnings*, \
then M-x eglot-reconnect or M-x lsp-workspace-restart"))
          (t (setq workers-ai--waiting (cons (float-time) do))
             (workers-ai--start)))))

(defun workers-ai--go-on ()
  "Do what waited for the server of this buffer."
  (when-let ((connection (and workers-ai--waiting (workers-ai--connection))))
    (pcase-let ((`(,since . ,do) workers-ai--waiting)
                (buffer (current-buffer)))
      (setq workers-ai--waiting nil)
      (when (< (- (float-time) since) workers-ai--patience)
        ;; The server has yet to be told of the document.
        (run-with-timer 0 nil (lambda ()
                                (when (buffer-live-p buffer)
                                  (with-current-buffer buffer (funcall do connection)))))))))

(add-hook 'eglot-managed-mode-hook #'workers-ai--go-on)
(add-hook 'lsp-after-open-hook #'workers-ai--go-on)

(defun workers-ai--any-connection ()
  "The connection of this buffer, or any other."
  (or (workers-ai--connection)
      (car (workers-ai--connections))
      (user-error "No AI server runs: open a source file, then M-x workers-ai-explain")))

(defun workers-ai--lines ()
  "The first and the last line of the region, or twice the one with point."
  (if (use-region-p)
      (let ((end (if (> (region-end) (region-beginning)) (1- (region-end)) (region-end))))
        (list (line-number-at-pos (region-beginning) t) (line-number-at-pos end t)))
    (let ((line (line-number-at-pos nil t)))
      (list line line))))

(defun workers-ai--line-start (line)
  "Where LINE begins, counted from 1 and without narrowing."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- line))
    (point)))

(defun workers-ai--act (action &optional instruction)
  "Have ACTION done to the region, or to the function or class at point.
INSTRUCTION is how.  The server is asked for code actions first, to
let it know what others have reported there."
  (pcase-let ((`(,first ,last) (workers-ai--lines))
              (buffer (current-buffer)))
    (workers-ai--with-server
     (lambda (connection)
       (save-restriction
         (widen)
         (let ((from (workers-ai--line-start first))
               (to (workers-ai--line-start (1+ last))))
           (workers-ai--request
            connection "textDocument/codeAction"
            (list :textDocument (list :uri (workers-ai--uri connection))
                  :range (list :start (workers-ai--position from)
                               :end (workers-ai--position to))
                  :context (list :diagnostics (vconcat (workers-ai--diagnostics from to))))
            (lambda ()
              (when (buffer-live-p buffer)
                (with-current-buffer buffer
                  (apply #'workers-ai--execute connection action buffer-file-name first last
                         (and instruction (not (string-empty-p instruction))
                              (list instruction)))))))))))))

(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function lsp--buffer-uri "ext:lsp-mode")

(defun workers-ai--uri (connection)
  "The URI by which the client of CONNECTION has told of this buffer."
  (if (eq (car connection) 'eglot)
      (plist-get (eglot--TextDocumentIdentifier) :uri)
    (lsp--buffer-uri)))

(defun workers-ai--wish (prompt)
  "Ask by PROMPT for an instruction, if there is a prefix argument."
  (list (and current-prefix-arg (read-string prompt))))

;;;###autoload
(defun workers-ai-explain (&optional question)
  "Explain the region, or the function or class at point.
The explanation grows in a buffer beside the code.  With a prefix
argument, ask for a QUESTION."
  (interactive (workers-ai--wish "Explain what? "))
  (workers-ai--act "explain" question))

;;;###autoload
(defun workers-ai-refactor (&optional instruction)
  "Refactor the region, or the function or class at point.
With a prefix argument, ask for an INSTRUCTION."
  (interactive (workers-ai--wish "Refactor how? "))
  (workers-ai--act "refactor" instruction))

;;;###autoload
(defun workers-ai-tests (&optional instruction)
  "Have the region, or the function or class at point, tested by new code.
With a prefix argument, ask for an INSTRUCTION."
  (interactive (workers-ai--wish "Test what? "))
  (workers-ai--act "tests" instruction))

;;;###autoload
(defun workers-ai-edit (instruction)
  "Change the region, or the function or class at point, by an INSTRUCTION."
  (interactive "sEdit how? ")
  (when (string-empty-p (string-trim instruction))
    (user-error "An edit needs an instruction"))
  (workers-ai--act "edit" instruction))

;;;###autoload
(defun workers-ai-prompt ()
  "Show what would be sent to the model, and send nothing."
  (interactive)
  (workers-ai--act "prompt"))

;;;###autoload
(defun workers-ai-cancel ()
  "Cancel whatever the model is doing."
  (interactive)
  (let ((connections (delete-dups (workers-ai--connections))))
    (unless connections
      (user-error "No AI server runs"))
    (dolist (connection connections)
      (workers-ai--execute connection "cancel"))))

(defun workers-ai--ask-program (arguments then)
  "Run our program with ARGUMENTS, and call THEN with the JSON that it prints."
  (let ((output (generate-new-buffer " *workers-ai output*" t))
        (errors (generate-new-buffer " *workers-ai errors*" t)))
    (make-process
     :name "workers-ai" :noquery t :connection-type 'pipe :coding 'utf-8
     :buffer output :stderr errors
     :command (cons (or (executable-find workers-ai-program)
                        (user-error "The program `%s' was not found" workers-ai-program))
                    arguments)
     :sentinel (lambda (process _event)
                 (unless (process-live-p process)
                   ;; Not within the sentinel, in which nothing can be asked.
                   (run-with-timer 0 nil #'workers-ai--hand-over process output errors then))))))

(defun workers-ai--hand-over (process output errors then)
  "Call THEN with the JSON in the buffer OUTPUT, or show the text of ERRORS.
PROCESS has written both."
  (let ((found (with-current-buffer output
                 (goto-char (point-min))
                 (ignore-errors (json-parse-buffer :object-type 'plist :array-type 'list
                                                   :null-object nil :false-object nil))))
        (trouble (with-current-buffer errors (string-trim (buffer-string)))))
    (kill-buffer output)
    (let ((writer (get-buffer-process errors)))
      (when writer
        (set-process-query-on-exit-flag writer nil)))
    (kill-buffer errors)
    (if (and found (eql (process-exit-status process) 0))
        (funcall then found)
      (message "%s" (if (string-empty-p trouble) "Nothing was found." trouble)))))

(defun workers-ai--choose (prompt lines)
  "Ask by PROMPT for a text in LINES, an alist; return its value."
  (cdr (assoc (completing-read
               prompt
               (lambda (text predicate action)
                 (if (eq action 'metadata)
                     ;; They come in an order that means something.
                     '(metadata (display-sort-function . identity)
                                (cycle-sort-function . identity))
                   (complete-with-action action lines text predicate)))
               nil t)
              lines)))

(defun workers-ai--use-model (id)
  "Have the model ID answer from now on."
  (let ((given (getenv "WORKERS_AI_MODEL")))
    (when (and given (not (string-empty-p given)))
      (user-error "WORKERS_AI_MODEL goes before any choice: it says %s; unset it and start Emacs \
again" given)))
  (setq workers-ai-settings (plist-put (copy-sequence workers-ai-settings) :model id))
  (workers-ai-send-settings)
  (message "%s answers from now on, until Emacs ends." id))

;;;###autoload
(defun workers-ai-model (&optional id)
  "Choose the model that answers until Emacs ends.
Unless ID is given, ask for one."
  (interactive)
  (if id
      (workers-ai--use-model id)
    (workers-ai--ask-program
     '("models" "--json")
     (lambda (models)
       (workers-ai--use-model
        (workers-ai--choose
         "Model: "
         (cl-loop for model in models
                  when (equal (plist-get model :status) "live")
                  collect (cons (format "%s (window %d)" (plist-get model :id)
                                        (plist-get model :context_window))
                                (plist-get model :id)))))))))

;;;###autoload
(defun workers-ai-history ()
  "Choose one of the answers so far, and show it again."
  (interactive)
  (let ((connection (workers-ai--any-connection)))
    (workers-ai--ask-program
     '("history" "--json")
     (lambda (entries)
       (when-let ((number (workers-ai--choose
                           "Answer: "
                           (mapcar #'workers-ai--history-line entries))))
         (workers-ai--execute connection "showLastAnswer" (list :entry number)))))))

(defun workers-ai--history-line (entry)
  "A line about an ENTRY of the journal, and its number."
  (cons (format "%d  %s  %s  %s  %s"
                (plist-get entry :number) (plist-get entry :time) (plist-get entry :action)
                (file-name-nondirectory (workers-ai--path (plist-get entry :uri)))
                (plist-get entry :outcome))
        (plist-get entry :number)))

;;;###autoload (autoload 'workers-ai "workers-ai" nil t)
(transient-define-prefix workers-ai ()
  "Explain, refactor, edit and test code by a model."
  [["The region, or the function at point"
    ("e" "Explain" workers-ai-explain)
    ("r" "Refactor" workers-ai-refactor)
    ("t" "Write tests" workers-ai-tests)
    ("i" "Edit by an instruction…" workers-ai-edit)
    ("p" "Show the prompt" workers-ai-prompt)]
   ["What runs or waits"
    ("c" "Cancel" workers-ai-cancel)
    ("a" "Apply" workers-ai-apply)
    ("d" "Discard" workers-ai-discard)]
   ["More"
    ("m" "Choose the model…" workers-ai-model)
    ("h" "Answers so far…" workers-ai-history)]])

(defun workers-ai-unload-function ()
  "Undo what loading this package did to others."
  (advice-remove 'eglot--guess-contact #'workers-ai--eglot-guess)
  (advice-remove 'eglot--workspace-configuration-plist #'workers-ai--eglot-configuration)
  (advice-remove 'eglot-handle-request #'workers-ai--eglot-asked)
  (advice-remove 'eglot-handle-notification #'workers-ai--eglot-told)
  (advice-remove 'lsp #'workers-ai--lsp-register)
  (setq-default mode-line-misc-info
                (delete workers-ai--mode-line-part (default-value 'mode-line-misc-info)))
  nil)

(provide 'workers-ai)
;;; workers-ai.el ends here
