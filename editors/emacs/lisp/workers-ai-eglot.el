;;; workers-ai-eglot.el --- The server in Eglot, beside another one  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Eglot runs one server in a buffer.  The one that it finds is started beside ours behind `rass', a
;; multiplexer; where it finds none, ours runs alone.  `eglot-server-programs' is not changed: what
;; Eglot guesses is composed as it is asked for (`workers-ai-eglot-contact').
;;
;; Eglot tells servers of what is typed only when nothing was typed for a while.  It is made to do so
;; before each edit and each command of ours, so that no edit lands in the wrong lines.

;;; Code:

(require 'cl-lib)
(require 'seq)
(require 'workers-ai-connection)
(require 'workers-ai-notifications)
(require 'workers-ai-options)

(defvar eglot-server-programs)

(defvar workers-ai--said nil "Warnings that were given.")

(defun workers-ai--say-once (format &rest arguments)
  "Warn by FORMAT and ARGUMENTS, unless that was done before."
  (let ((sentence (apply #'format-message format arguments)))
    (unless (member sentence workers-ai--said)
      (push sentence workers-ai--said)
      (display-warning 'workers-ai sentence :warning))))

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

(defconst workers-ai--eglot-advice
  '((workers-ai--eglot-guess :around . eglot--guess-contact)
    (workers-ai--eglot-configuration :around . eglot--workspace-configuration-plist)
    (workers-ai--eglot-asked :around . eglot-handle-request)
    (workers-ai--eglot-told :before . eglot-handle-notification))
  "Our functions, and how and on what of Eglot's they are put.")

;; Advice waits for functions that are not there yet, so Eglot need not be loaded.
(pcase-dolist (`(,ours ,how . ,theirs) workers-ai--eglot-advice)
  (advice-add theirs how ours))

(defun workers-ai-eglot-unload-function ()
  "Undo what loading this file did to Eglot."
  (pcase-dolist (`(,ours ,_ . ,theirs) workers-ai--eglot-advice)
    (advice-remove theirs ours)))

(provide 'workers-ai-eglot)
;;; workers-ai-eglot.el ends here
